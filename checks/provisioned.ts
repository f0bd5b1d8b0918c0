// How long it takes from a change of the NB to the first packet.

import type { Measure } from '../lab/events.ts'
import type { Named } from '../lab/loss/window.ts'
import { type Provisioning, provisioningOf } from '../lab/routing/provisioning.ts'
import { type Duration, human, toNs } from '../lab/time.ts'
import { topologyIn } from '../lab/topology/event.ts'
import type { Check } from './verdict.ts'

export type Provisioned = {
  /** What `addSubnet` returned. */
  readonly by: Named
  /** A flow from a workload on the new subnet, sent from before it was there. */
  readonly of: Named
  readonly within: Duration
}

const stages = ({ milestones }: Provisioning) =>
  milestones
    .filter(({ afterNs }) => afterNs !== undefined)
    .toSorted((a, b) => (a.afterNs ?? 0) - (b.afterNs ?? 0))
    .map(({ what, by, afterNs = 0 }) => `${what} +${human(afterNs)} (${by})`)
    .join(', ')

const measuresOf = ({ milestones, packetNs, answerNs, boundNs }: Provisioning, flow: string): Measure[] => [
  ...milestones.flatMap(({ what, afterNs: value }): Measure[] =>
    value === undefined ? [] : [{ name: `provisioning: ${what}`, value, unit: 'ns', flow }],
  ),
  ...(packetNs === undefined
    ? []
    : [{ name: 'time_to_first_packet', value: packetNs, unit: 'ns', resolution: boundNs, flow } as const]),
  ...(answerNs === undefined
    ? []
    : [{ name: 'time_to_first_answer', value: answerNs, unit: 'ns', resolution: boundNs, flow } as const]),
]

/**
 * So long after a subnet was added to the NB the first probe from it has been answered; with each step on the way, by
 * its own source's stamp. Undecided where a step left no evidence, or where the flow got through before. Throws
 * ScenarioError for no length of time.
 */
export function provisioned({ by, of, within }: Provisioned): Check {
  const limitNs = toNs(within)
  const claim = `first answer to ${of.name} after ${by.name} within ${within}`
  return {
    claim,
    judge: (history) => {
      const undecided = (because: string) => ({ is: 'undecided', because: `${claim}: ${because}` }) as const
      const topology = topologyIn(history)
      const seen = topology && provisioningOf(history, topology, { change: by, of })
      if (!seen) return undecided(`no ${by.name} was recorded`)
      if (seen.early) return undecided('it got through before')
      const measures = measuresOf(seen, of.name)
      const { packetNs, answerNs, boundNs } = seen
      if (answerNs === undefined) return { is: 'broken', because: `${claim}, was never; ${stages(seen)}`, measures }
      const took = `${human(answerNs)} ± ${human(boundNs)}, first packet out +${human(packetNs ?? answerNs)}; ${stages(seen)}`
      if (answerNs - boundNs > limitNs) return { is: 'broken', because: `${claim}, was ${took}`, measures }
      const missing = seen.milestones.filter(({ afterNs }) => afterNs === undefined).map(({ what }) => what)
      if (missing.length > 0) return undecided(`nobody saw it ${missing.join(', ')}`)
      if (answerNs + boundNs <= limitNs) return { is: 'upheld', measured: `${claim}: ${took}`, measures }
      return { is: 'undecided', because: `${claim}, was ${took}`, measures }
    },
  }
}
