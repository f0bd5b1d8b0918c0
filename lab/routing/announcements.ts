// What bgpd of a node was told by its peers, and whether it believed them, as its own log has it.

import type { History } from '../history.ts'
import { ofKind } from '../history.ts'
import { nodeWithAddress } from '../topology/nodes.ts'
import type { Topology } from '../topology/types.ts'

export type Announcement = {
  readonly atNs: number
  /** The node that heard it, and the peer that said it. */
  readonly at: string
  readonly by: string
  readonly prefix: string
  /** Why it was not taken, in FRR's words, 'route-map'; none: it was. */
  readonly refused?: string
}

/** FRR of `debug bgp updates in` (bgp_route.c): a prefix that came, and why it was denied where it was. */
const HEARD =
  /([\d.]+)\(\S*\) rcvd (?:UPDATE about )?([\d.]+\/\d+) IPv4 unicast(?: *-- (?:DENIED|filtered) due to:? *([^;]+);?)?/

/** Every announcement that a node heard, in order; withdrawals and repetitions are none. */
export function announcementsTo(history: Pick<History, 'events'>, topology: Topology, node: string): Announcement[] {
  return ofKind(history, 'line').flatMap((event): Announcement[] => {
    if (event.node !== node || event.stream !== 'frr') return []
    const [said, address, prefix, refused] = HEARD.exec(event.line) ?? []
    if (!said || !address || !prefix || /withdrawn|duplicate/.test(event.line)) return []
    const by = nodeWithAddress(topology, address) ?? address
    return [{ atNs: event.atNs, at: node, by, prefix, ...(refused !== undefined && { refused: refused.trim() }) }]
  })
}
