// What a gateway or a chassis remembers of connections, forgotten: all of it, or one.

import { LabError, ScenarioError } from '../../lab/errors.ts'
import { oneOf } from '../../lab/random.ts'
import { nodeNamed, type Role } from '../../lab/topology/nodes.ts'
import type { Lab } from '../../lab/types.ts'
import type { Condition } from '../../lab/until.ts'
import type { Applied, Fault } from '../fault.ts'
import { type Entry, entriesOn } from './conntrack-entries.ts'

/** Throws ScenarioError for a node that is not there, or is something else. */
export function assertRole({ topology }: Pick<Lab, 'topology'>, node: string, role: Role, why: string): void {
  const { role: is } = nodeNamed(topology, node)
  if (is !== role) throw new ScenarioError(`${node} is no ${role}: ${why}`)
}

const TRACKS = 'the kernel tracks connections at NAT gateways'
const TRACKS_TOO = 'OVS tracks connections on chassis'

/** What is forgotten comes back by itself, with the next packet that makes an entry: nothing is to be healed. */
async function atOnce(
  lab: Lab,
  node: string,
  strike: string,
  gone: () => Condition<Lab> | Promise<Condition<Lab>>,
): Promise<Applied> {
  await lab.armory?.arm(node, ':') // nothing stays broken that would have to wait for a heal
  const { bracket } = await lab.run(node, strike)
  return {
    bracket,
    effective: await gone(),
    heal: async () => bracket,
    restored: { name: 'nothing to be healed', look: async () => ({ holds: true, saw: 'it ended at once' }) },
    over: Promise.resolve(bracket),
  }
}

const ENDS = 'at once: the next packets make new entries'

const forgotten = (node: string, before: readonly Entry[]): Condition<Lab> => ({
  name: `${before.length} connections to be forgotten on ${node}`,
  look: async (lab) => {
    const now = new Set((await entriesOn(lab, node)).map(({ id }) => id))
    const left = before.filter(({ id }) => now.has(id)).length
    return {
      holds: before.length > 0 && left === 0,
      saw: `${before.length - left} of ${before.length} gone, ${now.size} there now`,
    }
  },
})

/**
 * A NAT gateway's kernel forgets every connection at one instant, as after `conntrack -F`, which firewall
 * scripts do. What comes from inside makes its entry anew, what comes from outside before that meets none.
 */
export const conntrackFlushed = (gateway: string): Fault => ({
  name: `flush of conntrack on ${gateway}`,
  ends: ENDS,
  targets: [gateway],
  check: (lab) => assertRole(lab, gateway, 'gateway', TRACKS),
  apply: async (lab) => {
    const before = await entriesOn(lab, gateway)
    return atOnce(lab, gateway, 'conntrack -F 2>/dev/null', () => forgotten(gateway, before))
  },
})

export type Connection = {
  /** Who opened it, and to whom: nodes, by name. */
  readonly from: string
  readonly to: string
  /** 'tcp' where nothing is said. */
  readonly protocol?: 'tcp' | 'udp'
}

/** One connection through a NAT gateway is forgotten, as when its entry ran out early; which of several, from the seed. */
export const connectionForgotten = (gateway: string, { from, to, protocol = 'tcp' }: Connection): Fault => ({
  name: `loss of one ${protocol} connection ${from} → ${to} from conntrack on ${gateway}`,
  ends: ENDS,
  targets: [gateway],
  check: (lab) => {
    assertRole(lab, gateway, 'gateway', TRACKS)
    for (const node of [from, to]) nodeNamed(lab.topology, node)
  },
  apply: async (lab) => {
    const addresses = (node: string) => nodeNamed(lab.topology, node).addresses
    const those = (await entriesOn(lab, gateway)).filter(
      ({ original, ...entry }) =>
        entry.protocol === protocol &&
        (protocol !== 'tcp' || entry.state === 'ESTABLISHED') &&
        addresses(from).includes(original.src) &&
        addresses(to).includes(original.dst),
    )
    if (those.length === 0) throw new LabError(`${gateway} knows no ${protocol} connection ${from} → ${to}`)
    const one = oneOf(those, lab.random(`one connection ${from} → ${to}`))
    const { src, dst, sport, dport } = one.original
    const strike = `conntrack -D -p ${protocol} -s ${src} -d ${dst} --sport ${sport} --dport ${dport} 2>&1`
    return atOnce(lab, gateway, strike, () => forgotten(gateway, [one]))
  },
})

const connections = async (lab: Lab, chassis: string): Promise<number> =>
  Number((await lab.run(chassis, 'ovs-appctl dpctl/ct-get-nconns')).out.trim())

/**
 * A chassis' userspace datapath forgets every connection at one instant: stateful ACLs and load balancers
 * then judge what goes on as if it were new. Proved by fewer connections right behind than before, so that
 * it does not bite where all are busy.
 */
export const datapathConntrackFlushed = (chassis: string): Fault => ({
  name: `flush of the datapath's conntrack on ${chassis}`,
  ends: ENDS,
  targets: [chassis],
  check: (lab) => assertRole(lab, chassis, 'chassis', TRACKS_TOO),
  apply: async (lab) => {
    const before = await connections(lab, chassis)
    return atOnce(lab, chassis, 'ovs-appctl dpctl/flush-conntrack', async () => {
      const behind = await connections(lab, chassis)
      return {
        name: `connections to be forgotten by the datapath of ${chassis}`,
        look: async () => ({ holds: behind < before, saw: `${behind} right behind, ${before} before` }),
      }
    })
  },
})
