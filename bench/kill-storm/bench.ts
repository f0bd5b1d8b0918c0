// A run that is killed at any moment, bring-up, fault and tear-down included, leaves nothing behind.

import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { connectEngine, type Engine } from '../../lab/engine/client.ts'
import { LabError, ScenarioError } from '../../lab/errors.ts'
import { type Duration, human, toMs } from '../../lab/time.ts'
import { type Bench, conclude, count } from '../bench.ts'
import { random } from '../random.ts'
import { spread } from '../statistics.ts'
import { type Column, head, range, row } from '../table.ts'
import { GRACE_MS, type Kill, killAt, usualMs } from './kill.ts'
import { SCENARIO, type Victim, victims } from './run.ts'
import { tally } from './traces.ts'

const COLUMNS: readonly Column[] = [
  { title: 'kill', width: 4, right: true },
  { title: 'of', width: 6 },
  { title: 'at', width: 6, right: true },
  { title: 'the lab, last', width: 60 },
  { title: 'containers', width: 10, right: true },
  { title: 'gone after', width: 10, right: true },
  { title: 'verdict' },
]

/** Traces that are told one by one; the rest in numbers. */
const MOST_TOLD = 8

const clip = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

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

export const bench: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      times: { type: 'string', default: '20' },
      seed: { type: 'string', default: String(randomInt(1, 1_000_000)) },
      victim: { type: 'string', default: 'main' },
      span: { type: 'string' },
    },
  })
  const times = count('--times', values.times)
  const seed = count('--seed', values.seed)
  const struck = chosen(values.victim)
  if (!existsSync('/proc/self/stat')) throw new LabError('kill-storm looks for what is left in /proc; it needs Linux')
  const engine = await connectEngine()
  console.log(`seed ${seed}; kill -9 of ${struck.join(', ')} during scenarios/${SCENARIO}, ${times} times each`)
  if (process.getuid?.() !== 0)
    console.log('not root: network namespaces of containers cannot be seen, and do not count')

  const spanMs = await span(values.span)
  const draw = random(seed)
  const clean: Record<string, number> = {}
  const goneNs: number[] = []
  let amidLab = 0
  console.log(`\n${head(COLUMNS)}`)
  for (let n = 1; n <= times; n++) {
    for (const victim of struck) {
      const kill = await killOnce(engine, victim, () => draw() * spanMs)
      const { atMs, was, containers, goneMs, left } = kill
      const gone = goneMs === undefined ? 'never' : human(goneMs * 1e6)
      const verdict = left.length === 0 ? 'nothing left' : `left ${tally(left)}`
      console.log(
        row(COLUMNS, [String(n), victim, human(atMs * 1e6), clip(was, 60), String(containers), gone, verdict]),
      )
      for (const { kind, what } of left.slice(0, MOST_TOLD)) console.log(`      ${kind} ${what}`)
      if (left.length > MOST_TOLD) console.log(`      and ${left.length - MOST_TOLD} more`)
      clean[victim] = (clean[victim] ?? 0) + (left.length === 0 ? 1 : 0)
      if (containers > 0) amidLab++
      if (goneMs !== undefined) goneNs.push(goneMs * 1e6)
    }
  }
  // Without one kill that met containers, nothing was proved.
  const met = amidLab > 0 && struck.every((victim) => clean[victim] === times)
  const of = spread(goneNs)
  const when = goneNs.length > 0 ? `; gone after ${human(of.median)}, median, from ${range(of)}` : ''
  const sums = struck.map((victim) => `${clean[victim] ?? 0} of ${times} left nothing (kill -9 of ${victim})`)
  return conclude(
    met,
    `nothing left ${human(GRACE_MS * 1e6)} after any kill`,
    `${sums.join(', ')}; ${amidLab} of ${times * struck.length} met containers${when}; seed ${seed}`,
  )
}
