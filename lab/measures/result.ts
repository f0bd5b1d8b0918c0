// All that is told of one direction of a flow, or of all flows of a stream, in one stretch of a run: the
// figures of RFC 6412, 6414, 7679, 3393, 3357 and 4737 together.

import type { FlowRecord } from '../events.ts'
import type { History } from '../history.ts'
import { type Connectivity, connectivityIn, type Instants, instants } from '../loss/connectivity.ts'
import type { Stretch } from '../loss/stretch.ts'
import type { Stages } from '../stages/stage.ts'
import { stagesOf } from '../stages/stages.ts'
import { type Convergence, firstRouteConvergence, fullConvergence } from './convergence.ts'
import { ipdv, oneWayDelay, type Variation } from './delay.ts'
import { type Distribution, quantile, sorted } from './distribution.ts'
import { controlOf } from './floor.ts'
import { lossDistance } from './loss-distance.ts'
import { type Counts, countsIn, packetsIn } from './packets.ts'
import { sustainedNsOf } from './parameters.ts'
import { additiveBackupDelay, type BackupDelay, type Switchover, switchover } from './switchover.ts'

/** What began the stretch: a fault struck, or its healing began (RFC 6413 §8). */
export type ConvergenceEvent = 'initial' | 'reversion'

export const eventOf = ({ fault }: Stretch): ConvergenceEvent | undefined =>
  fault && (fault.letGo ? 'reversion' : 'initial')

/** Of a stream the flow that was cut off longest stands for it, and counts are those of all its flows. */
export type Result = {
  readonly event?: ConvergenceEvent
  readonly flows: number
  readonly connectivity: Connectivity
  readonly instants: Instants
  /** Of what entered in the stretch. */
  readonly counts: Counts
  /** Connectivity Packet Loss (RFC 6412 §3.7.3): all of the loss periods that the stretch answers for. */
  readonly connectivityLoss: number
  readonly lossPeriods: number
  /** Loss of connectivity periods of several flows, ns; those without an end as long as they were seen. */
  readonly routes?: Routes
  /** None where the flow had no reason to converge, or nothing to count from. */
  readonly convergence?: Convergence
  readonly firstRoute?: Convergence
  /** The longest of them. */
  readonly switchover?: Switchover
  readonly backupDelay?: BackupDelay
  readonly lossDistance?: Distribution
  readonly delay?: Distribution
  readonly ipdv?: Variation
  /** Where the time of its outage went. */
  readonly stages?: Stages
}

/** The route-specific array of RFC 6413 (section 7), summarised. */
export type Routes = { readonly min: number; readonly median: number; readonly max: number; readonly average: number }

const lengthNs = ({ outageNs, lowNs }: Connectivity) => (Number.isFinite(outageNs) ? outageNs : lowNs)

function routesOf(lengths: readonly number[]): Routes {
  const all = sorted(lengths)
  const sum = all.reduce((total, each) => total + each, 0)
  return { min: all[0] ?? 0, median: quantile(all, 0.5), max: all.at(-1) ?? 0, average: sum / all.length }
}

const total = (all: readonly Counts[], name: keyof Counts) => all.reduce((sum, counts) => sum + (counts[name] ?? 0), 0)

const counted = (all: readonly Counts[]): Counts => ({
  sent: total(all, 'sent'),
  lost: total(all, 'lost'),
  late: total(all, 'late'),
  duplicated: all.some(({ duplicated }) => duplicated === undefined) ? undefined : total(all, 'duplicated'),
  reordered: total(all, 'reordered'),
})

/** One direction of a flow, and the stretch as it went through it. */
type Part = { readonly record: FlowRecord; readonly stretch: Stretch }

/** The switchover that took longest, and what the way it led to costs. */
function longestSwitchover(history: Pick<History, 'events'>, parts: readonly Part[]) {
  const found = parts.flatMap(({ record, stretch }) => {
    const one = stretch.fault ? switchover(record, stretch) : ''
    return typeof one === 'string' ? [] : [{ record, stretch, one }]
  })
  const [longest] = found.toSorted((a, b) => b.one.ns - a.one.ns)
  if (!longest) return {}
  const control = controlOf(history, longest.record)
  const { record, stretch, one } = longest
  const initial = typeof control !== 'string' && eventOf(stretch) === 'initial'
  const backupDelay = initial ? additiveBackupDelay(record, one, control, stretch) : undefined
  return { switchover: one, ...(backupDelay && { backupDelay }) }
}

/** Of these flows together; undefined without any. */
export function resultOf(history: Pick<History, 'events'>, parts: readonly Part[]): Result | undefined {
  const each = parts.map((part) => ({ ...part, connectivity: connectivityIn(history, part.record, part.stretch) }))
  const [worst] = each.toSorted((a, b) => lengthNs(b.connectivity) - lengthNs(a.connectivity))
  if (!worst) return undefined
  const packets = parts.map(({ record, stretch }) => packetsIn(record, stretch))
  const distance = lossDistance(packetsIn(worst.record, worst.stretch))
  const event = eventOf(worst.stretch)
  const sustainedNs = sustainedNsOf(history, worst.record)
  const firstRoute = event && parts.length > 1 ? firstRouteConvergence(parts, sustainedNs) : undefined
  const delay = oneWayDelay(packets.flat())
  const variation = ipdv(packets)
  const stages = stagesOf(history, worst.record, worst.stretch, worst.connectivity)
  return {
    ...(event && { event }),
    flows: parts.length,
    connectivity: worst.connectivity,
    instants: instants(worst.connectivity, worst.stretch),
    counts: counted(parts.map(({ record, stretch }) => countsIn(record, stretch))),
    connectivityLoss: each.reduce((sum, { connectivity }) => sum + connectivity.lost, 0),
    lossPeriods: each.reduce((sum, { connectivity }) => sum + connectivity.periods.length, 0),
    ...(parts.length > 1 && { routes: routesOf(each.map(({ connectivity }) => lengthNs(connectivity))) }),
    ...(event && { convergence: fullConvergence(parts, sustainedNs) }),
    ...(firstRoute && { firstRoute }),
    ...longestSwitchover(history, parts),
    ...(distance && { lossDistance: distance }),
    ...(delay && { delay }),
    ...(variation && { ipdv: variation }),
    ...(stages && { stages }),
  }
}
