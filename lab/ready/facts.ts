// What must be true before a lab counts as up, each proved by looking at it.

import { vtysh } from '../frr/start.ts'
import { redirectPort } from '../ovn/nb.ts'
import type { Row } from '../ovn/southbound.ts'
import type { Topology, Vpc } from '../topology/types.ts'
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
    ...[...vpc.workloads, ...vpc.nat.gateways, ...vpc.nat.speakers].map(({ name }) => name),
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

/** ovn-nbctl(8) --wait=hv: every chassis has installed the flows of the NB as it is now. */
export const flowsInstalled: Fact = {
  name: 'flows installed on every chassis',
  look: async (lab) => {
    const { exit, out } = await lab.try(lab.topology.central.name, 'ovn-nbctl --timeout=2 --wait=hv sync')
    return { holds: exit === 0, saw: exit === 0 ? 'nb_cfg reached every chassis' : out.trim() }
  },
}

const kernelRoutes = async (lab: Lab, node: string) =>
  (await lab.try(node, 'ip -4 -o route show table all proto bgp')).out

/** Routes in the kernels: the default at gateways and chassis, VPC prefixes at gateways, public addresses upstream. */
export const routesInKernels: Fact = {
  name: 'BGP routes in the kernel of every gateway, chassis and the internet',
  look: async (lab) => {
    const wanted = vpcs(lab).flatMap((vpc) => [
      ...vpc.nat.gateways.flatMap(({ name }) => [
        [name, 'default'] as const,
        ...vpc.subnets.filter((s) => s.name !== vpc.nat.subnet).map(({ cidr }) => [name, cidr] as const),
      ]),
      ...vpc.nat.speakers.map(({ chassis }) => [chassis, 'default'] as const),
      [lab.topology.internet.name, vpc.publicAddress] as const,
    ])
    const nodes = [...new Set(wanted.map(([node]) => node))]
    const tables = new Map(await Promise.all(nodes.map(async (node) => [node, await kernelRoutes(lab, node)] as const)))
    const absent = wanted.filter(([node, prefix]) => !tables.get(node)?.includes(`${prefix} `))
    return missing(
      absent.map(([node, prefix]) => `${prefix} at ${node}`),
      `${wanted.length} routes`,
    )
  },
}

/** The default that OVN learned for a VPC's router: its next hops, by address. */
export function learnedNextHops(lab: Pick<Lab, 'southbound'>, router: string, prefix: string): string[] {
  const datapath = lab.southbound
    .rows('Datapath_Binding')
    .find(({ external_ids: ids }) => (ids as Record<string, unknown> | null)?.name === router)
  return lab.southbound
    .rows('Learned_Route')
    .filter((row) => row.datapath === datapath?._uuid && row.ip_prefix === prefix)
    .map(({ nexthop }) => String(nexthop))
}

const active = (vpc: Vpc) => vpc.nat.gateways.filter(({ prepend }) => prepend === 0).map(({ address }) => address)

export const defaultsLearned: Fact = {
  name: 'every VPC router to have learned its default from the active gateway',
  look: async (lab) => {
    const wrong = vpcs(lab).flatMap((vpc) => {
      const hops = learnedNextHops(lab, vpc.router, '0.0.0.0/0')
      return hops.sort().join() === active(vpc).sort().join()
        ? []
        : [`${vpc.router} has ${hops.join(' and ') || 'none'}`]
    })
    return missing(wrong, `${vpcs(lab).length} routers`)
  },
}

type Session = { readonly node: string; readonly command: string; readonly peers: number }

function speakersOf({ topology }: Lab): Session[] {
  const all = Object.values(topology.vpcs)
  return [
    ...all.flatMap((vpc) =>
      vpc.nat.gateways.map(({ name }) => ({ node: name, command: '', peers: 1 + vpc.nat.speakers.length })),
    ),
    ...all.flatMap((vpc) =>
      vpc.nat.speakers.map(({ chassis }) => ({ node: chassis, command: vpc.name, peers: vpc.nat.gateways.length })),
    ),
    { node: topology.internet.name, command: '', peers: all.flatMap((vpc) => vpc.nat.gateways).length },
  ]
}

/** Every BGP session Established (RFC 4271 §8.2.2), seen from both ends. `nodes`: only theirs. */
export const bgpEstablished = (nodes?: readonly string[]): Fact => ({
  name: `BGP Established on both ends${nodes ? ` at ${nodes.join(', ')}` : ''}`,
  look: async (lab) => {
    const asked = speakersOf(lab).filter(({ node }) => !nodes || nodes.includes(node))
    const wrong = await Promise.all(
      asked.map(async ({ node, command, peers }) => {
        const { out } = await lab.try(node, vtysh('bgpd', 'show bgp ipv4 unicast summary json', command))
        const up = out.match(/"state":"Established"/g)?.length ?? 0
        return up === peers ? [] : [`${node}${command && ` (${command})`} has ${up} of ${peers}`]
      }),
    )
    return missing(wrong.flat(), `${asked.reduce((n, { peers }) => n + peers, 0)} session ends`)
  },
})

/** Every BFD session of FRR up (RFC 5880 §6.2), seen from both ends. `nodes`: only theirs. */
export const bfdUp = (nodes?: readonly string[]): Fact => ({
  name: `BFD up on both ends${nodes ? ` at ${nodes.join(', ')}` : ''}`,
  look: async (lab) => {
    const wanted = new Map<string, number>()
    for (const { node, peers } of speakersOf(lab))
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
      (event) => event.kind === 'line' && event.stream === 'kernel' && / proto (bgp|ovn)/.test(event.line),
    )
    if (!last || last.atNs < since) return { holds: true, saw: 'quiet' }
    return { holds: false, saw: `${last.source}: ${last.kind === 'line' ? last.line : ''}` }
  },
})
