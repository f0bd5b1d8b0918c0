// What the taps saw on the way of a flow that goes towards the internet, as signals: proof of what no daemon tells.

import type { FlowRecord } from '../events.ts'
import { READ_LATE_NS, type Signal, US } from './signal.ts'
import type { Way } from './way.ts'

/**
 * From when on a gateway translates what comes back: it has seen a packet of the flow, proved by the tap at its
 * link. The stamp is that of the arrival, a packet's way later.
 */
function translations({ paths, inNs, outNs }: FlowRecord, { gateways, vpcs: [vpc] }: Way): Signal[] {
  return paths
    .filter(({ via }) => gateways.includes(via))
    .map(({ via, firstNs }): Signal => {
      const i = outNs.indexOf(firstNs)
      const lost = outNs.lastIndexOf(null, i)
      return {
        step: 'translation',
        node: via,
        by: 'taps',
        atNs: firstNs,
        resolutionNs: US,
        lateNs: READ_LATE_NS,
        ...(vpc && { vpc }),
        ...(i > 0 && lost >= 0 && { lostNs: inNs[lost] }),
        text: `first packet towards the internet by ${via}`,
      }
    })
}

/**
 * Until when a chassis went on sending to a gateway that the flow then left: whatever its OpenFlow rules said,
 * its datapath went by older ones. ovs-vswitchd brings those up to date in its own time, and tells nobody.
 */
function lastTheOldWay({ lostOn = [], paths }: FlowRecord, { gateways, vpcs: [vpc] }: Way): Signal[] {
  return lostOn.flatMap(({ from, to, lastNs }): Signal[] => {
    const next = paths.find((run) => run.firstNs > lastNs)
    const goesOn = paths.some((run) => run.via === to && run.firstNs <= lastNs && run.lastNs > lastNs)
    if (!gateways.includes(to) || goesOn || !next || next.via === to) return []
    const text = `datapath changed, last packet to ${to}`
    const known = { by: 'taps', atNs: lastNs, resolutionNs: US, lateNs: 0, text }
    return [{ step: 'datapath', node: from, ...known, ...(vpc && { vpc }) }]
  })
}

export const tapSignals = (towards: FlowRecord, way: Way): Signal[] => [
  ...(way.towardsInternet ? [] : translations(towards, way)),
  ...lastTheOldWay(towards, way),
]
