// A run that is killed at any moment, bring-up, fault and tear-down included, leaves nothing behind.

import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { connectEngine, type Engine } from '../../lab/engine/client.ts'
import { LabError, ScenarioError } from '../../lab/errors.ts'
import { random } from '../../lab/random.ts'
import { type Duration, human, toMs } from '../../lab/time.ts'
import { type Bench, count } from '../bench.ts'
import { head, row } from '../table.ts'
import { duringFaults } from './during.ts'
import { type Kill, killAt, usualMs } from './kill.ts'
import { SCENARIO, type Victim, victims } from './run.ts'
import { COLUMNS, concludeKills, tellKill } from './told.ts'

function chosen(text: string): readonly Victim[] {
  const names = text.split(',')
  const stranger = names.find((name) => !victims.some((victim) => victim === name))
  if (stranger !== undefined) throw new ScenarioError(`--victim knows ${victims.join(', ')}, not '${stranger}'`)
  return victims.filter((victim) => names.includes(victim))
}

async function span(asked: string | undefined): Promise<number> {
  if (asked) return toMs(asked as Duration)
  const { tookMs, exit, said } = await usualMs()
  if (exit !== 0)
    throw new LabError(
      `the undisturbed run failed (exit ${exit}) after ${human(tookMs * 1e6)}, so a killed one would prove little; ` +
        `--span 25s goes without it; it said: ${said}`,
    )
  console.log(`an undisturbed run took ${human(tookMs * 1e6)}; kills fall anywhere in that`)
  return tookMs
}

/** How many runs in a row may be over before their moment comes. */
const MOST_LATE = 5

/** A run that is over by the moment drawn proves nothing; the next draw takes its place. */
async function killOnce(engine: Engine, victim: Victim, drawMs: () => number): Promise<Kill> {
  for (let late = 0; late < MOST_LATE; late++) {
    const kill = await killAt(engine, victim, drawMs())
    if ('atMs' in kill) return kill
    console.log(row(COLUMNS, ['', victim, '', `over before its moment, exit ${kill.exit}; drawn again`]))
  }
  throw new LabError(`${MOST_LATE} runs in a row were over before they could be killed; does the scenario run?`)
}

type Anytime = {
  readonly times: number
  readonly seed: number
  readonly victims: readonly Victim[]
  readonly spanMs: number
}

async function anytime(engine: Engine, { times, seed, victims: struck, spanMs }: Anytime): Promise<boolean> {
  const draw = random(seed)
  const kills: Kill[] = []
  const clean = new Map<Victim, number>()
  console.log(`\n${head(COLUMNS)}`)
  for (let n = 1; n <= times; n++) {
    for (const victim of struck) {
      const kill = await killOnce(engine, victim, () => draw() * spanMs)
      tellKill(n, victim, kill)
      kills.push(kill)
      if (kill.left.length === 0) clean.set(victim, (clean.get(victim) ?? 0) + 1)
    }
  }
  const sums = struck.map((victim) => `${clean.get(victim) ?? 0} of ${times} left nothing (kill -9 of ${victim})`)
  return concludeKills(kills, sums, seed)
}

export const bench: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      times: { type: 'string', default: '20' },
      seed: { type: 'string', default: String(randomInt(1, 1_000_000)) },
      victim: { type: 'string', default: 'main' },
      span: { type: 'string' },
      'during-faults': { type: 'boolean', default: false },
      topology: { type: 'string', default: twoVpcs.name },
    },
  })
  const times = count('--times', values.times)
  const seed = count('--seed', values.seed)
  const struck = chosen(values.victim)
  if (!existsSync('/proc/self/stat')) throw new LabError('kill-storm looks for what is left in /proc; it needs Linux')
  const engine = await connectEngine()
  if (process.getuid?.() !== 0)
    console.log('not root: network namespaces of containers cannot be seen, and do not count')
  if (values['during-faults']) return duringFaults(engine, { times, seed, topology: values.topology })
  console.log(`seed ${seed}; kill -9 of ${struck.join(', ')} during scenarios/${SCENARIO}, ${times} times each`)
  return anytime(engine, { times, seed, victims: struck, spanMs: await span(values.span) })
}
