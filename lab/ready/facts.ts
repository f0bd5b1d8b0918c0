// What must be true before a lab counts as up, each proved by looking at it.

import { routerTable } from '../frr/config.ts'
import { vtysh } from '../frr/start.ts'
import { redirectPort } from '../ovn/nb.ts'
import { nextHopsOf } from '../ovn/next-hops.ts'
import type { Row } from '../ovn/southbound.ts'
import { adjacencies } from '../topology/adjacencies.ts'
import { presentSubnets, presentWorkloads } from '../topology/later.ts'
import { peerings } from '../topology/peerings.ts'
import { internets } from '../topology/regions.ts'
import type { Topology, Vpc } from '../topology/types.ts'
import { publicAddresses } from '../topology/vpcs.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

type Fact = Condition<Lab>

const vpcs = ({ topology }: Lab) => Object.values(topology.vpcs)

/** Lists what is missing, or says that nothing is. */
const missing = (names: readonly string[], all: string) => ({
  holds: names.length === 0,
  saw:
    names.length === 0
      ? all
      : `${names.length} missing: ${names.slice(0, 6).join(', ')}${names.length > 6 ? ', …' : ''}`,
})

export const chassisRegistered: Fact = {
  name: 'every chassis to be in the SB',
  look: async (lab) => {
    const there = new Set(lab.southbound.rows('Chassis').map(({ name }) => name))
    const { chassis } = lab.topology
    return missing(
      chassis.map(({ name }) => name).filter((name) => !there.has(name)),
      `${chassis.length} chassis`,
    )
  },
}

/** What FRR does not understand of its configuration it leaves out, goes on, and says so in its log. */
export const configurationUnderstood: Fact = {
  name: 'FRR to understand every line of its configuration',
  look: async ({ history }) => {
    const wrong = history.events.find((event) => event.kind === 'line' && event.line.includes('on config line'))
    if (wrong?.kind !== 'line') return { holds: true, saw: 'no line refused' }
    return { holds: false, saw: `${wrong.node}: ${wrong.line.replace(/^.*\] /, '').slice(0, 120)}` }
  },
}

/** Every logical port that the topology binds to a chassis, the gateway ports included. */
const boundPorts = (topology: Topology) =>
  Object.values(topology.vpcs).flatMap((vpc) => [
    ...[...presentWorkloads(vpc), ...vpc.nat.gateways, ...vpc.nat.speakers].map(({ name }) => name),
    redirectPort(vpc),
  ])

export const portsUp: Fact = {
  name: 'every port to be bound and up',
  look: async (lab) => {
    const rows = new Map(lab.southbound.rows('Port_Binding').map((row) => [row.logical_port, row]))
    const bound = (row?: Row) => row?.chassis && (row.up === true || row.type === 'chassisredirect')
    const ports = boundPorts(lab.topology)
    return missing(
      ports.filter((port) => !bound(rows.get(port))),
      `${ports.length} ports`,
    )
  },
}

/** ovn-controller(8), ovn-installed: each port that this chassis binds has its flows there. */
export const portsInstalled = (chassis: string): Fact => ({
  name: `flows of its ports installed on ${chassis}`,
  look: async (lab) => {
    const { out } = await lab.try(
      chassis,
      // To ask for another value would leave out ports without any (ovs-vsctl(8), find).
      'ovs-vsctl -t 2 -f csv --no-headings --columns=name,external_ids find interface \'external_ids:iface-id!=""\' | grep -v ovn-installed=',
    )
    const there = new Set(boundPorts(lab.topology))
    const late = (line: string) => !there.has(/iface-id=([^\s,}"]+)/.exec(line)?.[1] ?? '')
    return missing(
      out.split('\n').flatMap((line) => (late(line) ? [] : (line.split(',')[0] ?? []))),
      'installed for all of its ports',
    )
  },
})

/** ovn-nbctl(8) --wait=hv: every chassis has installed the flows of the NB as it is now. */
export const flowsInstalled: Fact = {
  name: 'flows installed on every chassis',
  look: async (lab) => {
    const { exit, out } = await lab.try(lab.topology.central.name, 'ovn-nbctl --timeout=2 --wait=hv sync')
    return { holds: exit === 0, saw: exit === 0 ? 'nb_cfg reached every chassis' : out.trim() }
  },
}

const kernelRoutes = async (lab: Lab, node: string) =>
  (await lab.try(node, 'for by in bgp ospf; do ip -4 -o route show table all proto $by; done')).out

/**
 * Routes in the kernels: the default at gateways and chassis, VPC prefixes at gateways, public addresses
 * upstream. `nodes`: only theirs.
 */
export const routesInKernels = (only?: readonly string[]): Fact => ({
  name: `learned routes in the kernel of ${only?.join(', ') ?? 'every gateway, chassis and the internet'}`,
  look: async (lab) => {
    const all = vpcs(lab).flatMap((vpc) => [
      ...vpc.nat.gateways.flatMap(({ name }) => [
        [name, 'default'] as const,
        ...presentSubnets(vpc)
          .filter((s) => s.name !== vpc.nat.subnet)
          .map(({ cidr }) => [name, cidr] as const),
      ]),
      // A chassis has a default for each VPC that speaks there and learns one, each in the table of its router.
      ...(vpc.nat.egress
        ? []
        : vpc.nat.speakers.map(({ chassis }) => [chassis, 'default', routerTable(lab.topology, vpc)] as const)),
      ...internets(lab.topology).flatMap(({ name }) => publicAddresses(vpc).map((address) => [name, address] as const)),
    ])
    const wanted = all.filter(([node]) => !only || only.includes(node))
    const nodes = [...new Set(wanted.map(([node]) => node))]
    const tables = new Map(await Promise.all(nodes.map(async (node) => [node, await kernelRoutes(lab, node)] as const)))
    const has = (node: string, prefix: string, table?: number) =>
      tables
        .get(node)
        ?.split('\n')
        .some((route) => route.startsWith(`${prefix} `) && (!table || route.includes(` table ${table} `)))
    const absent = wanted.filter(([node, prefix, table]) => !has(node, prefix, table))
    return missing(
      absent.map(([node, prefix]) => `${prefix} at ${node}`),
      `${wanted.length} routes`,
    )
  },
})

const active = (vpc: Vpc) => vpc.nat.gateways.filter(({ prepend }) => prepend === 0).map(({ address }) => address)

export const defaultsLearned: Fact = {
  name: 'every VPC router to send its default to the active gateway',
  look: async (lab) => {
    const wrong = vpcs(lab).flatMap((vpc) => {
      const hops = nextHopsOf(lab, vpc.router, '0.0.0.0/0')
      return hops.sort().join() === active(vpc).sort().join()
        ? []
        : [`${vpc.router} has ${hops.join(' and ') || 'none'}`]
    })
    return missing(wrong, `${vpcs(lab).length} routers`)
  },
}

type Ends = { readonly node: string; readonly instance: string; readonly peers: number }

/** How many peers each bgpd has. */
function speakersOf({ topology }: Lab): Ends[] {
  const ends = peerings(topology).flatMap((peering) => peering.ends)
  const bySpeaker = Map.groupBy(ends, ({ node, instance }) => `${node} ${instance}`)
  return [...bySpeaker.values()].flatMap(([first, ...rest]) =>
    first ? [{ node: first.node, instance: first.instance, peers: 1 + rest.length }] : [],
  )
}

/** Every BGP session Established (RFC 4271 §8.2.2), seen from both ends. `nodes`: only theirs. */
export const bgpEstablished = (nodes?: readonly string[]): Fact => ({
  name: `BGP Established on both ends${nodes ? ` at ${nodes.join(', ')}` : ''}`,
  look: async (lab) => {
    const asked = speakersOf(lab).filter(({ node }) => !nodes || nodes.includes(node))
    const wrong = await Promise.all(
      asked.map(async ({ node, instance, peers }) => {
        const { out } = await lab.try(node, vtysh('bgpd', 'show bgp ipv4 unicast summary json', instance))
        const up = out.match(/"state":"Established"/g)?.length ?? 0
        return up === peers ? [] : [`${node}${instance && ` (${instance})`} has ${up} of ${peers}`]
      }),
    )
    return missing(wrong.flat(), `${asked.reduce((n, { peers }) => n + peers, 0)} session ends`)
  },
})

/** Every BFD session of FRR up (RFC 5880 §6.2), seen from both ends. `nodes`: only theirs. */
export const bfdUp = (nodes?: readonly string[]): Fact => ({
  name: `BFD up on both ends${nodes ? ` at ${nodes.join(', ')}` : ''}`,
  look: async (lab) => {
    if (!lab.topology.timers.bfd) return { holds: true, saw: 'no BFD in this topology' }
    const wanted = new Map<string, number>()
    const neighbours = [
      ...adjacencies(lab.topology).flatMap(({ near, far }) => [near, far]),
      // OVN's own sessions, with the gateways of static defaults.
      ...vpcs(lab).flatMap(({ nat }) => (nat.egress ? nat.gateways.map(({ name: node }) => ({ node })) : [])),
    ]
    for (const { node, peers } of [...speakersOf(lab), ...neighbours.map((each) => ({ ...each, peers: 1 }))])
      if (!nodes || nodes.includes(node)) wanted.set(node, (wanted.get(node) ?? 0) + peers)
    const wrong = await Promise.all(
      [...wanted].map(async ([node, peers]) => {
        const { out } = await lab.try(node, vtysh('bfdd', 'show bfd peers json'))
        const up = out.match(/"status":"up"/g)?.length ?? 0
        return up === peers ? [] : [`${node} has ${up} of ${peers}`]
      }),
    )
    return missing(wrong.flat(), `${[...wanted.values()].reduce((a, b) => a + b, 0)} session ends`)
  },
})

/** No route came or went in any kernel for a while: no feedback between FRR and OVN. */
export const routesQuiet = (forNs: number): Fact => ({
  name: `no route to change for ${forNs / 1e6} ms`,
  look: async (lab) => {
    const since = lab.history.now() - forNs
    const last = lab.history.events.findLast(
      (event) => event.kind === 'line' && event.stream === 'kernel' && / proto (bgp|ospf|ovn)/.test(event.line),
    )
    if (!last || last.atNs < since) return { holds: true, saw: 'quiet' }
    return { holds: false, saw: `${last.source}: ${last.kind === 'line' ? last.line : ''}` }
  },
})
