// The figures of a result by the names that the field gives them, with unit and resolution: what verdicts
// carry and what machines read.

import type { Measure } from '../events.ts'
import type { Span } from '../loss/loss-period.ts'
import { stageFigures } from '../stages/figures.ts'
import { impairedOf } from './packets.ts'
import type { Result } from './result.ts'

const ns = (name: string, value: number | undefined, resolution?: number): Measure[] =>
  value === undefined ? [] : [{ name, value, unit: 'ns', ...(resolution !== undefined && { resolution }) }]

const packets = (name: string, value: number | undefined): Measure[] =>
  value === undefined ? [] : [{ name, value, unit: 'packets' }]

const spread = (name: string, of: object | undefined, make: typeof packets): Measure[] =>
  Object.entries(of ?? {}).flatMap(([share, value]: [string, number]) =>
    share === 'count' ? [] : make(`${name}_${share === 'absP99' ? 'abs_p99' : share}`, value),
  )

const at = (name: string, span: Span | undefined) => ns(name, span?.estimateNs, span?.boundNs)

/** A loss of connectivity without an end was at least that long, which has no resolution. */
function outage({ connectivity: { outageNs, boundNs, lowNs } }: Result): Measure[] {
  const name = 'loss_of_connectivity_period'
  return Number.isFinite(outageNs) ? ns(name, outageNs, boundNs) : ns(name, lowNs)
}

const converged = (name: string, convergence: Result['convergence']): Measure[] =>
  convergence?.is === 'converged' ? ns(name, convergence.ns, convergence.boundNs) : []

export function figuresOf(result: Result): Measure[] {
  const { event, counts, instants, convergence, switchover, backupDelay } = result
  return [
    ...packets('offered', counts.sent),
    ...packets('lost', counts.lost),
    ...packets('excess_forwarding_delay', counts.late),
    ...packets('duplicated', counts.duplicated),
    ...packets('reordered', counts.reordered),
    ...packets('impaired', impairedOf(counts)),
    ...outage(result),
    ...spread('loss_of_connectivity_period', result.routes, ns),
    ...packets('connectivity_packet_loss', result.connectivityLoss),
    { name: 'loss_periods', value: result.lossPeriods, unit: 'periods' },
    ...spread('loss_distance', result.lossDistance, packets),
    ...at('first_impaired_packet_instant', instants.firstImpaired),
    ...at('recovery_instant', instants.recovery),
    ...converged('full_convergence_time', convergence),
    ...ns('packet_sampling_interval', convergence?.is === 'converged' ? convergence.samplingNs : undefined),
    ...converged('first_route_convergence_time', result.firstRoute),
    ...ns(event === 'reversion' ? 'reversion_time' : 'failover_time', switchover?.ns, switchover?.boundNs),
    ...ns('additive_backup_delay', backupDelay?.ns, backupDelay?.boundNs),
    ...spread('one_way_delay', result.delay, ns),
    ...spread('ipdv', result.ipdv, ns),
    ...(result.stages ? stageFigures(result.stages) : []),
  ]
}
