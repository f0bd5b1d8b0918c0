// Numbered UDP probes both ways, at a steady rate, measured by the taps at both ends of the path.

import { ScenarioError } from '../lab/errors.ts'
import { toNs } from '../lab/time.ts'
import { nodeNamed } from '../lab/topology/nodes.ts'
import { startStream } from './probe-stream.ts'
import type { Traffic } from './traffic.ts'

export type ProbeRate = `${number}pps`

export type ProbeOptions = {
  readonly from: string
  readonly to: string
  /** Probes each second, direction and flow, '250pps' by default: one outage is then known to 4 ms and better. */
  readonly rate?: ProbeRate
  /**
   * Flows of this one stream, 1 by default, each from a source port of its own, so that equal-cost paths
   * spread them. RFC 6414 wants at least 16 where routes are measured. Each is measured and judged on its own.
   */
  readonly flows?: number
  /** How long no probe may be lost before the flow counts as recovered for good. */
  readonly sustainedFor?: `${number}s`
}

/** Above this the sender's ticks are too short for this kernel to wake in time. */
const MAX_PPS = 5000
/** More flows than this tell nothing of a path that 16 do not, and cost as much each. */
const MAX_FLOWS = 64

function parsePps(rate: string): number {
  const pps = Number(/^(\d+)pps$/.exec(rate)?.[1])
  if (pps >= 1 && pps <= MAX_PPS) return pps
  throw new ScenarioError(`no probe rate: '${rate}'; write 1pps to ${MAX_PPS}pps`)
}

/** A stream of numbered probes between two nodes, both ways. Throws ScenarioError for a rate or a number of flows that cannot be. */
export function probe({ from, to, rate = '250pps', flows = 1, sustainedFor = '1s' }: ProbeOptions): Traffic {
  const ratePps = parsePps(rate)
  if (!Number.isInteger(flows) || flows < 1 || flows > MAX_FLOWS)
    throw new ScenarioError(`no number of flows: ${flows}; write 1 to ${MAX_FLOWS}`)
  const name = `probe ${from} → ${to}`
  const stream = { name, from, to, ratePps, flows, sustainedFor, sustainedNs: toNs(sustainedFor) }
  return {
    name,
    check: ({ topology }) => {
      for (const node of [from, to]) {
        const { role } = nodeNamed(topology, node)
        if (role !== 'workload' && role !== 'internet')
          throw new ScenarioError(`${node} is a ${role}; a probe goes between workloads, or to the internet`)
      }
    },
    start: (lab) => startStream(lab, stream),
  }
}
