// What the control plane tells of itself on the way from a fault to the first packet, in one form whoever
// says it.

/**
 * What happened, as a link in the chain from a fault to the first packet. In the order of the chain, where
 * stamps do not tell.
 */
export const STEPS = [
  /** A fault let go. */
  'healed',
  /** A device lost its carrier, or has it. */
  'link',
  /** The BFD session of a tunnel, as ovs-vswitchd has it, and as ovn-controller reads it from the chassis' database. */
  'tunnel',
  'tunnel-told',
  /** FRR's BFD session with a peer, or OVN's with a next hop. */
  'bfd',
  /** bgpd's session with a peer, or ospfd's adjacency with a neighbour. */
  'session',
  /** ospfd has calculated the shortest paths. */
  'spf',
  /** A new bgpd has heard all its peers, and begins to choose and to announce. */
  'peers-heard',
  /** A BGP update or withdrawal, as received. */
  'update-received',
  'best-path',
  /** The same, as sent. */
  'update-sent',
  /** A route in a kernel: of a gateway, of the internet, or of a chassis' table for a logical router. */
  'route',
  /** ovn-controller takes a port, or lets go of it. */
  'claim',
  /** The SB says which chassis has a port. */
  'binding',
  /** The SB has a route that ovn-controller learned. */
  'learned-route',
  /** northd has changed logical flows. */
  'logical-flows',
  /** ovs-vswitchd has other OpenFlow rules. */
  'openflow',
  /** A chassis has sent its last packet the old way: its datapath goes by the new rules. */
  'datapath',
  /** A gateway has translated a packet towards the internet, and knows what answers belong to. */
  'translation',
] as const

export type Step = (typeof STEPS)[number]

export type Signal = {
  readonly step: Step
  /** By its own source's stamp, ns since the history's epoch. */
  readonly atNs: number
  /** Stamps are cut off to so much, ns: it happened up to that much later. */
  readonly resolutionNs: number
  /** What is read elsewhere is stamped when it is read: it happened up to that much earlier, ns. */
  readonly lateNs: number
  /** Where: 'internet', 'chassis-1', 'sb'. */
  readonly node: string
  /** Who: 'bfdd', 'bgpd', 'ospfd', 'kernel', 'ovs-vswitchd', 'ovn-controller', 'northd'. */
  readonly by: string
  /** The node at the other end of a session, an update or a tunnel; of a row of the SB, the chassis that wrote it. */
  readonly peer?: string
  /** '0.0.0.0/0', of best paths, updates and routes. */
  readonly prefix?: string
  /** The logical port, of claims and bindings. */
  readonly port?: string
  /** The VPC it is of; none for what serves all. */
  readonly vpc?: string
  /** A packet was still lost then, whatever had happened before. */
  readonly lostNs?: number
  /** Something went: a carrier, a port, a route. It opens no way; where something else came with it, that tells more. */
  readonly gone?: true
  /** 'BFD with nat-gw-a-1 down' */
  readonly text: string
}

/** Microseconds in the stamps of FRR and `ip -ts`, milliseconds in those of OVS and OVN. */
export const US = 1e3
export const MS = 1e6

/**
 * What is read and stamped by a process of its own waits for its turn of the processor. Measured: below 1 ms
 * on an idle machine; at a load of 13 on two cores a few milliseconds, and 13 for the SB, where two processes
 * stand in a row.
 */
export const READ_LATE_NS = 5e6
export const SB_LATE_NS = 20e6
