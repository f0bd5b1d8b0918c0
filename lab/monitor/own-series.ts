// The harness's own series, so that dashboards show what was broken beside what it did: written as a file that the
// monitor's node exporter hands on (its textfile collector).

import { basename, dirname } from 'node:path'
import { Gauge, Registry } from 'prom-client'
import type { Event, Measure } from '../events.ts'
import { type History, ofKind } from '../history.ts'
import { quote } from '../quote.ts'
import { topologyIn } from '../topology/event.ts'
import type { Lab } from '../types.ts'
import { TEXTFILES } from './exporters.ts'

/** What it is called, and what its values are. */
export const OWN_SERIES = {
  gameday_run_info: '1; the run that has the lab now',
  gameday_run_start_timestamp_seconds: 'Unix time at which it began',
  gameday_fault_in_force: '1 from the instant a fault took hold until it let go, else 0; for each of its targets',
  gameday_fault_applied_timestamp_seconds: 'Unix time at which the fault took hold, to the microsecond',
  gameday_fault_healed_timestamp_seconds: 'Unix time at which it let go; none while it is in force',
  gameday_act_duration_seconds: 'How long a step of the run took',
  gameday_verdicts: 'Claims that were judged so, in this run',
  gameday_outage_seconds: 'Longest loss of connectivity of a flow that a claim measured (RFC 6412 §3.5)',
} as const

/** Acts are few; one series each must not become many. */
const MOST_ACTS = 32

const seconds = ({ epoch }: Pick<History, 'epoch'>, ns: number): number =>
  Number(BigInt(epoch) / 1000n) / 1e6 + ns / 1e9

/** Of each flow and direction the longest that any claim measured. */
function outages(history: Pick<History, 'events'>): readonly Measure[] {
  const longest = new Map<string, Measure>()
  for (const measure of ofKind(history, 'verdict').flatMap(({ measures = [] }) => measures)) {
    if (measure.name !== 'loss_of_connectivity_period' || measure.unit !== 'ns') continue
    const key = `${measure.flow} ${measure.direction}`
    if ((longest.get(key)?.value ?? -1) < measure.value) longest.set(key, measure)
  }
  return [...longest.values()]
}

/** The history so far, as Prometheus reads it (text format 0.0.4). `run`: 'nat-failover' */
export async function ownSeries(history: Pick<History, 'events' | 'epoch'>, run: string): Promise<string> {
  const registry = new Registry()
  const gauge = (name: keyof typeof OWN_SERIES, labelNames: string[] = []) =>
    new Gauge({ name, help: OWN_SERIES[name], labelNames, registers: [registry] })
  gauge('gameday_run_info', ['run', 'topology']).set({ run, topology: topologyIn(history)?.name ?? '' }, 1)
  gauge('gameday_run_start_timestamp_seconds').set(seconds(history, 0))

  const inForce = gauge('gameday_fault_in_force', ['fault', 'target'])
  const applied = gauge('gameday_fault_applied_timestamp_seconds', ['fault'])
  const healed = gauge('gameday_fault_healed_timestamp_seconds', ['fault'])
  for (const { fault, phase, targets, bracket, atNs } of ofKind(history, 'fault')) {
    const at = seconds(history, bracket?.fromNs ?? atNs)
    if (phase === 'applied') applied.set({ fault }, at)
    if (phase === 'applied') healed.remove({ fault })
    if (phase === 'healed') healed.set({ fault }, seconds(history, bracket?.toNs ?? atNs))
    if (phase === 'applied' || phase === 'healed')
      for (const target of targets) inForce.set({ fault, target }, phase === 'applied' ? 1 : 0)
  }
  const acts = gauge('gameday_act_duration_seconds', ['act'])
  const timed = ofKind(history, 'act').filter(({ tookNs }) => tookNs !== undefined)
  for (const { text, tookNs = 0 } of timed.slice(-MOST_ACTS)) acts.set({ act: text }, tookNs / 1e9)
  const verdicts = gauge('gameday_verdicts', ['is'])
  for (const is of ['upheld', 'broken', 'undecided'] as const)
    verdicts.set({ is }, ofKind(history, 'verdict').filter((verdict) => verdict.is === is).length)
  const outage = gauge('gameday_outage_seconds', ['flow', 'direction'])
  for (const { flow = '', direction = 'forward', value } of outages(history))
    outage.set({ flow, direction }, value / 1e9)
  return registry.metrics()
}

const TELLS: ReadonlySet<Event['kind']> = new Set(['topology', 'fault', 'act', 'verdict'])

type Telling = Pick<Lab, 'topology' | 'history' | 'evidence' | 'alive' | 'run' | 'blame'>

/**
 * Keeps the monitor told while the run goes on; the returned function ends that, once the last is told. Does nothing
 * without a monitor, and while it is dead: it may be what was broken.
 */
export function tellOwnSeries(lab: Telling): () => Promise<void> {
  const node = lab.topology.monitor?.name
  if (node === undefined) return async () => undefined
  const file = `${TEXTFILES}/gameday.prom`
  let due = false
  let telling: Promise<void> | undefined
  const tell = async () => {
    while (due && lab.alive(node)) {
      due = false
      const text = await ownSeries(lab.history, basename(dirname(lab.evidence)))
      // A scrape must not see half of it.
      await lab.run(node, `printf %s ${quote(text)} >${file}.new && mv ${file}.new ${file}`)
    }
  }
  const soon = () => {
    due = true
    telling ??= tell()
      .catch((error: unknown) => lab.blame('own series', error))
      .finally(() => {
        telling = undefined
      })
  }
  soon()
  const stop = lab.history.watch(({ kind }) => {
    if (TELLS.has(kind)) soon()
  })
  return async () => {
    stop()
    await telling
  }
}
