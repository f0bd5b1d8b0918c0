// What the configuration of every bgpd is made of: sessions with BFD and a filter in both directions, and the filters
// that several of them have. What is not named there is neither learned nor announced (RFC 8212).

import type { GracefulRestart, NatGateway, Timers, Topology, Vpc } from '../topology/types.ts'

export type Peer = {
  readonly address: string
  readonly as: number
  readonly description: string
  readonly in: string
  readonly out: string
  /** What the end of its BFD means while its routes are kept: nothing. */
  readonly sharesFate?: boolean
}

export const PREAMBLE = `frr defaults datacenter
ip prefix-list DEFAULT seq 5 permit 0.0.0.0/0
`

/**
 * Has bgpd tell what it hears, chooses for these prefixes, and announces. Nothing while no route changes. Of a large
 * table it tells these prefixes alone: a line for each of ten thousand would be what is measured.
 */
export const tellDecisions = (prefixes: readonly string[], large = false): string =>
  (large ? prefixes.map((prefix) => `prefix ${prefix}`) : ['in', 'out'])
    .map((what) => `debug bgp updates ${what}`)
    .concat(prefixes.map((prefix) => `debug bgp bestpath ${prefix}`))
    .join('\n')
    .concat('\n')

/**
 * FRR holds a new session's first routes back for a second, to send more of them at once. A gateway
 * that comes back would draw packets from the internet for as long without a route to its VPC.
 */
const COALESCE = ' coalesce-time 10'

/**
 * Who comes back chooses and says nothing before it has heard all its peers, or 10 s long. A gateway would draw packets
 * from one side while it had no route, and no conntrack entry, to the other; a speaker would send its VPC to the
 * standby, if that is heard first, and back.
 */
export const UPDATE_DELAY = 'update-delay 10'

/**
 * A speaker that is back hears its peers before it chooses, as UPDATE_DELAY has it; FRR would wait six minutes for
 * one that never comes.
 */
const restarting = ({ restartS }: GracefulRestart): readonly string[] => [
  ' bgp graceful-restart',
  ' bgp graceful-restart preserve-fw-state',
  ` bgp graceful-restart restart-time ${restartS}`,
  ' bgp graceful-restart select-defer-time 10',
]

/** Whether the peers of a NAT gateway take the end of its BFD for that of its control plane alone. */
export const keptDespiteBfd = ({ gracefulRestart }: Timers) => gracefulRestart?.bfd === 'ignored'

export function router(
  as: number,
  id: string,
  peers: readonly Peer[],
  timers: Timers,
  family: readonly string[] = [],
  global: readonly string[] = [],
): string {
  const { bgp, bfd, gracefulRestart } = timers
  const sessions = peers.flatMap(({ address, as: remote, description, sharesFate }) => [
    ` neighbor ${address} remote-as ${remote}`,
    ` neighbor ${address} description ${description}`,
    ...(bfd ? [` neighbor ${address} bfd profile gameday`] : []),
    ...(bfd && sharesFate ? [` neighbor ${address} bfd check-control-plane-failure`] : []),
    ` neighbor ${address} timers ${bgp.keepaliveS} ${bgp.holdS}`,
    ` neighbor ${address} timers connect ${bgp.connectRetryS}`,
    ` neighbor ${address} advertisement-interval ${bgp.advertisementS}`,
  ])
  const filters = peers.flatMap(({ address, in: inward, out }) => [
    `  neighbor ${address} activate`,
    `  neighbor ${address} route-map ${inward} in`,
    `  neighbor ${address} route-map ${out} out`,
  ])
  return [
    `router bgp ${as}`,
    ` bgp router-id ${id}`,
    ' bgp log-neighbor-changes',
    ' no bgp default ipv4-unicast',
    ' no bgp network import-check',
    ' bgp bestpath as-path multipath-relax',
    COALESCE,
    ...(gracefulRestart ? restarting(gracefulRestart) : []),
    ...global.map((line) => ` ${line}`),
    ...sessions,
    ' address-family ipv4 unicast',
    ...filters,
    ...family.map((line) => `  ${line}`),
    '',
  ].join('\n')
}

/** The internet's table, where this VPC's gateways learn it. */
export const learnedTable = ({ internet }: Topology, { nat }: Vpc): string | undefined =>
  nat.learnsTable ? internet.table : undefined

/** A filter that lets the table pass beside what it lets pass. */
export const permitTable = (table: string, map: string): string => `ip prefix-list TABLE seq 5 permit ${table} le 32
route-map ${map} permit 20
 match ip address prefix-list TABLE
`

/** The anycast address, where a copy of its service is in this VPC. */
export const anycastOf = ({ anycast }: Topology, { workloads }: Vpc): string | undefined =>
  workloads.some(({ name }) => anycast?.copies.includes(name)) ? anycast?.address : undefined

/** A filter that lets the anycast address pass beside what it lets pass. */
export const permitAnycast = (
  address: string,
  map: string,
): string => `ip prefix-list ANYCAST seq 5 permit ${address}/32
route-map ${map} permit 30
 match ip address prefix-list ANYCAST
`

export const prepend = ({ as, prepend: times }: Pick<NatGateway, 'as' | 'prepend'>) =>
  times > 0 ? ` set as-path prepend ${Array(times).fill(as).join(' ')}\n` : ''
