// Defaults in the NB, watched by OVN's own BFD (ovn-nb(5), BFD): the way out of a VPC that learns none.

import type { NatGateway, Topology, Vpc } from '../topology/types.ts'
import type { Row } from './southbound.ts'

/** A route that is more specific is preferred: OVN's static routes have no metric. */
export const egressPrefixes = ({ prepend }: Pick<NatGateway, 'prepend'>): readonly string[] =>
  prepend === 0 ? ['0.0.0.0/1', '128.0.0.0/1'] : ['0.0.0.0/0']

/**
 * How many packets of a gateway's peer may be missing. A session begins at 1 s (RFC 5880 §6.8.3), and OVN reckons when
 * to send the next packet when it sends one: it may be silent for as long once more after it is up, which a gateway must
 * not take for its death. It does not tell how soon OVN notices: that is the gateway's multiplier.
 */
const patience = (intervalMs: number): number => Math.ceil(1000 / intervalMs) + 2

const id = (what: string, name: string) => `@${what}-${name}`.replaceAll('-', '_')

/** Commands of ovn-nbctl(8); none for a VPC that learns its default. `port`: the router's on the nat subnet. */
export function egressRows({ timers: { bfd } }: Topology, { router, nat }: Vpc, port: string): string[] {
  if (nat.egress !== 'static' || !bfd) return []
  const { intervalMs } = bfd
  return nat.gateways.flatMap((gateway) => {
    const session = id('bfd', gateway.name)
    return [
      `--id=${session} create bfd logical_port=${port} dst_ip=${gateway.address} min_tx=${intervalMs} min_rx=${intervalMs} detect_mult=${patience(intervalMs)}`,
      ...egressPrefixes(gateway).flatMap((prefix, i) => {
        const route = id(`route${i}`, gateway.name)
        return [
          `--id=${route} create logical_router_static_route ip_prefix=${prefix} nexthop=${gateway.address} output_port=${port} bfd=${session}`,
          `add logical_router ${router} static_routes ${route}`,
        ]
      }),
    ]
  })
}

/** The gateways that a VPC's router sends to by its static defaults, given the SB's BFD sessions: of those that are up the preferred ones. */
export function staticNextHops({ nat }: Vpc, sessions: readonly Row[]): string[] {
  const up = new Set(sessions.filter(({ status }) => status === 'up').map(({ dst_ip }) => dst_ip))
  const there = nat.gateways.filter(({ address }) => up.has(address))
  const active = there.filter(({ prepend }) => prepend === 0)
  return (active.length > 0 ? active : there).map(({ address }) => address)
}
