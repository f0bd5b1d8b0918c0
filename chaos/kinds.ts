// Packets by what they are for, in the terms of those who run the network, and as the wire tells them apart.

import { ScenarioError } from '../lab/errors.ts'
import { DATABASES } from '../lab/nodes/central.ts'
import type { Kind, Match } from '../lab/patchbay/rule.ts'
import { nodeNamed } from '../lab/topology/nodes.ts'
import type { Topology } from '../lab/topology/types.ts'

/** What one asks for by its name. */
export type Known = 'bgp' | 'ospf' | 'bfd' | 'data' | 'geneve' | 'sb' | 'nb'

/** Packets by their headers. */
export type Selection = {
  readonly protocol: 'icmp' | 'tcp' | 'udp' | 'ospf' | 'arp'
  /** At either end; of TCP and UDP only. By default any. */
  readonly port?: number
  /** A node of which an address is at either end. By default anybody's. */
  readonly peer?: string
  /** The headers of what Geneve carries count, not those outside. */
  readonly inside?: boolean
}

export type What = Known | Selection

/** As IANA numbers them in the IPv4 header. */
export const PROTOCOLS = { icmp: 1, tcp: 6, udp: 17, ospf: 89, arp: 'arp' } as const

const tcp = (least: number, most = least): Kind => ({ protocol: PROTOCOLS.tcp, ports: [least, most] })
const udp = (least: number, most = least): Kind => ({ protocol: PROTOCOLS.udp, ports: [least, most] })

const BGP = [tcp(179)]
/** Single hop with its echoes (RFC 5881), which OVS sends through tunnels too, and multihop (RFC 5883). */
const BFD = [udp(3784, 3785), udp(4784)]
const { nb, sb } = DATABASES
const OSPF: Kind = { protocol: PROTOCOLS.ospf }
const ARP: Kind = { protocol: PROTOCOLS.arp }

/** Sessions between routers are met where they are, in the underlay or inside Geneve; the databases' are the underlay's. */
const KNOWN: Readonly<Record<Known, Match>> = {
  bgp: { kinds: BGP, headers: 'either' },
  ospf: { kinds: [OSPF], headers: 'either' },
  bfd: { kinds: BFD, headers: 'either' },
  geneve: { kinds: [udp(6081)] },
  sb: { kinds: [tcp(sb.port)] },
  nb: { kinds: [tcp(nb.port)] },
  // Their ports and those of their clusters follow each other, 6641 to 6644.
  data: {
    kinds: [...BFD, ...BGP, OSPF, ARP, tcp(nb.port, sb.clusterPort)],
    but: true,
    headers: 'either',
  },
}

const NAMES: Readonly<Record<Known, string>> = {
  bgp: 'BGP',
  ospf: 'OSPF',
  bfd: 'BFD',
  geneve: 'Geneve',
  sb: 'SB connections',
  nb: 'NB connections',
  data: 'data',
}

/** 'BFD', 'tcp/80 with vpc-a-web-1 inside Geneve'. Throws ScenarioError for what names no packets. */
export function sayWhat(what: What): string {
  if (typeof what === 'string') {
    if (Object.hasOwn(NAMES, what)) return NAMES[what]
    throw new ScenarioError(
      `no kind of packets: '${what}'; there are ${Object.keys(NAMES).join(', ')}, or { protocol, port, peer, inside }`,
    )
  }
  const { protocol, port, peer, inside = false } = what
  const ported = protocol === 'tcp' || protocol === 'udp'
  if (!Object.hasOwn(PROTOCOLS, protocol))
    throw new ScenarioError(`no protocol '${protocol}'; there are ${Object.keys(PROTOCOLS).join(', ')}`)
  if (port !== undefined && !(ported && Number.isInteger(port) && port >= 1 && port <= 65_535))
    throw new ScenarioError(`no port: ${protocol}/${port}; write 1 to 65535, of tcp or udp`)
  const packets = port === undefined ? protocol : `${protocol}/${port}`
  return `${packets}${peer === undefined ? '' : ` with ${peer}`}${inside ? ' inside Geneve' : ''}`
}

/** Whether it is asked for by its name. */
export const isKnown = (what: string): what is Known => Object.hasOwn(KNOWN, what)

/** As the wire is told of what has a name. */
export const known = (what: Known): Match => KNOWN[what]

/** As the wire is told. Throws ScenarioError for a peer that is not there. */
export function matchOfWhat(topology: Topology, what: What): Match {
  if (typeof what === 'string') return KNOWN[what]
  const { protocol, port, peer, inside = false } = what
  return {
    kinds: [{ protocol: PROTOCOLS[protocol], ...(port !== undefined && { ports: [port, port] }) }],
    ...(peer !== undefined && { peers: nodeNamed(topology, peer).addresses }),
    ...(inside && { headers: 'inner' as const }),
  }
}
