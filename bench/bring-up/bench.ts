// How long the reference lab takes to be ready, and what of that is the engine's. Two baselines run in
// turn with it, so that whatever else the machine does hits all three alike.

import { parseArgs } from 'node:util'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { connectEngine } from '../../lab/engine/client.ts'
import { human } from '../../lab/time.ts'
import { type Bench, conclude, count } from '../bench.ts'
import { noise } from '../machine.ts'
import { spread } from '../statistics.ts'
import { percent, range, table } from '../table.ts'
import { startBare } from './bare.ts'
import type { Once } from './once.ts'
import { type OneByOne, oneByOne } from './one-by-one.ts'
import { bringUpOnce } from './reference.ts'
import { stages, stageTable } from './stages.ts'

/** People wait for this before every scenario. */
const LIMIT_NS = 12e9
const GOAL_NS = 6e9

const STOPS = 'stops at daemons started: no NB row, no fact waited for'

export const bench: Bench = async (args) => {
  const { values } = parseArgs({ args: [...args], options: { runs: { type: 'string', default: '5' } } })
  const runs = count('--runs', values.runs)
  const engine = await connectEngine()
  const labs: Once[] = []
  const naive: OneByOne[] = []
  const bare: number[] = []
  for (let run = 1; run <= runs; run++) {
    const { load, busy, steal } = await noise()
    const lab = await bringUpOnce()
    labs.push(lab)
    const slow = await oneByOne(engine, twoVpcs)
    naive.push(slow)
    const quick = await startBare(engine, lab.shapes)
    bare.push(quick)
    console.log(
      `run ${run} of ${runs}  load ${load.toFixed(1)}, ${percent(busy)} busy with other things, ${percent(steal)} stolen` +
        `  ready ${human(lab.readyNs)}, one by one ${human(slow.tookNs)}, bare ${human(quick)}`,
    )
  }

  const ready = spread(labs.map(({ readyNs }) => readyNs))
  console.log(`\n${stageTable(labs.map(({ events, readyNs }) => stages(events, readyNs)))}\n`)
  const compared = (name: string, values: readonly number[], what: string) => {
    const of = spread(values)
    return [name, human(of.median), range(of), `${(of.median / ready.median).toFixed(2)} ×`, what]
  }
  const parts = Object.keys(naive[0]?.stages ?? {}).map((part) =>
    compared(
      `  ${part}`,
      naive.map(({ stages }) => stages[part] ?? Number.NaN),
      '',
    ),
  )
  console.log(
    table(
      [
        { title: 'whole' },
        { title: 'median', right: true },
        { title: 'from–to', right: true },
        { title: 'of the lab', right: true },
        { title: '' },
      ],
      [
        compared(
          'the lab, proved ready',
          labs.map(({ readyNs }) => readyNs),
          `${labs[0]?.shapes.length} containers`,
        ),
        compared(
          'one by one',
          naive.map(({ tookNs }) => tookNs),
          `${naive[0]?.calls} calls of docker; ${STOPS}`,
        ),
        ...parts,
        compared('bare containers, in parallel', bare, 'nothing in them, no links'),
      ],
    ),
  )
  const goal = `goal ${human(GOAL_NS)} ${ready.median <= GOAL_NS ? 'met' : 'missed'}`
  const measured = `${human(ready.median)}, median of ${ready.count} runs from ${range(ready)}; ${goal}`
  return conclude(ready.median <= LIMIT_NS, `the reference lab ready in at most ${human(LIMIT_NS)}`, measured)
}
