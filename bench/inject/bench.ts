// How soon a fault on a link is in force after it was asked for, and how exactly the instant is recorded.

import { parseArgs } from 'node:util'
import { LabError } from '../../lab/errors.ts'
import type { FlowRecord } from '../../lab/events.ts'
import { recordsOf } from '../../lab/loss/window.ts'
import { human } from '../../lab/time.ts'
import { until } from '../../lab/until.ts'
import { probe, send } from '../../traffic/index.ts'
import { type Bench, conclude, count } from '../bench.ts'
import { noise } from '../machine.ts'
import { withReferenceLab } from '../reference-lab.ts'
import { percentile } from '../statistics.ts'
import { percent, table } from '../table.ts'
import { byHand } from './by-hand.ts'
import { FAR, kinds, last, PROBED, type Strike, strikeAll } from './strikes.ts'
import { truthOf } from './truth.ts'

/** Goals, p99. */
const [MOST_TOOK_NS, MOST_ERROR_NS] = [10e6, 1e6]
/** The prober's highest; an instant is known to the gap between two probes. */
const PPS = 5000
/** As many as show a median; each takes a tenth of a second. */
const BY_HAND = 20

type Row = {
  readonly name: string
  readonly tookNs: readonly number[]
  readonly widthNs: readonly number[]
  /** At most, of strikes that probes enclose closely enough to tell. */
  readonly errorNs: readonly number[]
  /** At least, of all that the taps saw. */
  readonly offNs: readonly number[]
  /** Strikes that cost no probe, though they should. */
  readonly unseen: number
  readonly seen: boolean
}

function rowOf(name: string, strikes: readonly Strike[], record: FlowRecord, seen: boolean): Row {
  const mine = strikes.filter((strike) => strike.name === name)
  const truths = seen ? mine.map(({ bracket }) => truthOf(record, bracket)) : []
  const told = truths.filter((truth) => truth !== undefined)
  return {
    name,
    seen,
    tookNs: mine.map(({ tookNs }) => tookNs),
    widthNs: mine.map(({ bracket }) => bracket.toNs - bracket.fromNs),
    errorNs: told.filter(({ mostNs, leastNs }) => mostNs <= MOST_ERROR_NS || leastNs > 0).map(({ mostNs }) => mostNs),
    offNs: told.map(({ leastNs }) => leastNs),
    unseen: truths.length - told.length,
  }
}

const spread = (ns: readonly number[]): string[] =>
  ns.length > 0 ? [human(percentile(ns, 0.5)), human(percentile(ns, 0.99))] : ['–', '–']

function tell(rows: readonly Row[], hand: readonly number[]): void {
  const cells = rows.map((row) => [
    row.name,
    String(row.tookNs.length),
    ...spread(row.tookNs),
    human(percentile(row.widthNs, 0.5)),
    ...spread(row.errorNs),
    row.seen ? `${row.offNs.length - row.errorNs.length}` : '–',
    row.seen ? String(row.unseen) : '–',
  ])
  const byExec = [
    'docker exec patchbay ip link set … down',
    String(hand.length),
    ...spread(hand),
    '–',
    '–',
    '–',
    '–',
    '–',
  ]
  const titles = [
    'strikes',
    'call → kernel p50',
    'p99',
    'bracket p50',
    'error at most p50',
    'p99',
    'too coarse',
    'unseen',
  ]
  console.log(
    `\nerror: of the recorded bracket against the last probe that passed and the first that did not, ${PPS} pps\n`,
  )
  console.log(table([{ title: 'fault' }, ...titles.map((title) => ({ title, right: true }))], [...cells, byExec]))
  console.log('\ntoo coarse: the sender or the machine paused, so that probes are further apart than the goal')
  console.log(
    'on a busy machine a probe can wait in the kernel between its stamp and the wire, and be lost though it seems to precede the fault',
  )
}

export const bench: Bench = async (args) => {
  const { values } = parseArgs({ args: [...args], options: { times: { type: 'string', default: '100' } } })
  const times = count('--times', values.times)
  const { load, busy, steal } = await noise()
  console.log(
    `${kinds.length + 1} faults, ${times} times each; load ${load.toFixed(1)}, ${percent(busy)} busy with other things, ${percent(steal)} stolen`,
  )
  const { rows, hand } = await withReferenceLab(async (lab) => {
    const users = await send(lab, probe({ from: PROBED, to: FAR, rate: `${PPS}pps` }))
    await until(lab, users.answered, { within: '10s' })
    const probed = await strikeAll(lab, kinds, times)
    await users.stop()
    const strikes = [...probed, ...(await strikeAll(lab, [last], times))]
    const [record] = recordsOf(lab.history, users, 'forward')
    if (!record) throw new LabError(`${users.name} left no record`)
    return {
      rows: [...kinds, last].map(({ fault, seen }) => rowOf(fault.name, strikes, record, seen)),
      hand: await byHand(lab, PROBED, BY_HAND),
    }
  })
  tell(rows, hand)
  const p99 = (of: (row: Row) => readonly number[]) => percentile(rows.flatMap(of), 0.99)
  const tookNs = Math.max(...rows.map((row) => percentile(row.tookNs, 0.99)))
  const errorNs = p99((row) => row.errorNs)
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0)
  const [told, seen] = [sum((row) => row.errorNs.length), sum((row) => (row.seen ? row.tookNs.length : 0))]
  const unseen = sum((row) => row.unseen)
  const exact = errorNs <= MOST_ERROR_NS && unseen === 0 && told >= seen / 2
  return conclude(
    tookNs <= MOST_TOOK_NS && exact,
    `call to kernel p99 at most ${human(MOST_TOOK_NS)} for every fault, error of the recorded instant p99 at most ${human(MOST_ERROR_NS)} where probes can tell`,
    `${human(tookNs)} for the slowest (by docker exec ${human(percentile(hand, 0.99))}), ${human(errorNs)} of ${told} strikes, ` +
      `${seen - told - unseen} of ${seen} too coarse to tell, ${unseen} unseen`,
  )
}
