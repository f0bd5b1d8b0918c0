// Routes that a BGP speaker no longer offers, while its sessions stay up.

import { toGateway } from '../../lab/frr/maps.ts'
import { publicAddressAt } from '../../lab/topology/vpcs.ts'
import type { Lab } from '../../lab/types.ts'
import type { Condition } from '../../lab/until.ts'
import type { Fault } from '../fault.ts'
import { from, heard, pathsAt, strike, uplinkOf } from './paths.ts'

/**
 * A NAT gateway no longer announces its VPC's public address to the internet, while it goes on offering its default
 * to OVN: what leaves through it is answered elsewhere.
 */
export const routeWithdrawn = (gateway: string): Fault => ({
  name: `withdrawal of the public address by ${gateway}`,
  targets: [gateway],
  check: ({ topology }) => void uplinkOf(topology, gateway),
  apply: async (lab) => {
    const session = uplinkOf(lab.topology, gateway)
    const { near, vpc } = session
    const prefix = `${publicAddressAt(vpc, near.node)}/32`
    const family = [`router bgp ${near.as}`, 'address-family ipv4 unicast']
    return strike(
      lab,
      { at: near, lines: [...family, `no network ${prefix}`], undo: [...family, `network ${prefix}`] },
      {
        effective: heard(session, prefix, 'not to have it', (path) => path === undefined),
        restored: heard(session, prefix, 'to have it again', (path) => path !== undefined),
      },
    )
  },
})

/**
 * The internet no longer offers its default to these gateways, as when an upstream has lost its own. They have
 * nothing to offer to OVN, then, and go on announcing their public address.
 */
export const defaultWithdrawn = (...gateways: readonly [string, ...string[]]): Fault => ({
  name: `withdrawal of the default route from ${gateways.join(' and ')}`,
  targets: [...gateways],
  check: ({ topology }) => gateways.forEach((gateway) => void uplinkOf(topology, gateway)),
  apply: async (lab) => {
    const sessions = gateways.map((gateway) => uplinkOf(lab.topology, gateway))
    const upstream = uplinkOf(lab.topology, gateways[0]).far
    const deny = (no: string) => gateways.map((gateway) => `${no}route-map ${toGateway(gateway)} deny 5`)
    const now = sessions.map(({ near }) => `clear bgp ${near.address} soft out`)
    const has = async () => {
      const paths = await Promise.all(sessions.map(({ near }) => pathsAt(lab, near, '0.0.0.0/0')))
      return sessions.filter(({ far }, i) => from(paths[i] ?? [], far) !== undefined).map(({ near }) => near.node)
    }
    const condition = (name: string, count: number): Condition<Lab> => ({
      name,
      look: async () => {
        const those = await has()
        return { holds: those.length === count, saw: `offered to ${those.join(' and ') || 'none of them'}` }
      },
    })
    return strike(
      lab,
      { at: upstream, lines: deny(''), undo: deny('no '), now },
      {
        effective: condition(`no default at ${gateways.join(' and ')}`, 0),
        restored: condition(`a default at ${gateways.join(' and ')}`, sessions.length),
      },
    )
  },
})
