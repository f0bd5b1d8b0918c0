// Paths made longer or less wanted: how operators move traffic, and how they move it by mistake.

import { ScenarioError } from '../../lab/errors.ts'
import type { Path } from '../../lab/frr/bgp.ts'
import { fromGateway, TO_INTERNET, TO_OVN } from '../../lab/frr/maps.ts'
import { publicAddressAt } from '../../lab/topology/vpcs.ts'
import type { Fault } from '../fault.ts'
import { heard, strike, uplinkOf } from './paths.ts'

/** A path is chosen by its length (RFC 4271 §9.1.2.2): so much longer than the standby's, nobody wants it. */
const MOST_PREPENDED = 10

/**
 * A NAT gateway makes its AS path so many numbers longer towards OVN and the internet, as operators do to move
 * traffic away before maintenance. Throws ScenarioError for none, and for more than 10.
 */
export function pathPrepended(gateway: string, { times }: { readonly times: number }): Fault {
  if (!Number.isInteger(times) || times < 1 || times > MOST_PREPENDED)
    throw new ScenarioError(`an AS path is made longer by 1 to ${MOST_PREPENDED}, not by ${times}`)
  return {
    name: `AS path of ${gateway} ${times} longer`,
    targets: [gateway],
    check: ({ topology }) => void uplinkOf(topology, gateway),
    apply: async (lab) => {
      const session = uplinkOf(lab.topology, gateway)
      const { near, vpc } = session
      const own = vpc.nat.gateways.find(({ name }) => name === gateway)?.prepend ?? 0
      const set = (count: number) =>
        [TO_INTERNET, TO_OVN].flatMap((map) => [
          `route-map ${map} permit 10`,
          count > 0 ? `set as-path prepend ${Array(count).fill(near.as).join(' ')}` : 'no set as-path prepend',
        ])
      const longer = (count: number) => (path: Path | undefined) => path?.asPath.length === 1 + count
      const prefix = `${publicAddressAt(vpc, near.node)}/32`
      return strike(
        lab,
        { at: near, lines: set(own + times), undo: set(own), now: ['clear bgp * soft out'] },
        {
          effective: heard(session, prefix, 'to hear the longer path', longer(own + times)),
          restored: heard(session, prefix, 'to hear the old path', longer(own)),
        },
      )
    },
  }
}

/** Below FRR's default of 100 (bgp default local-preference): any other path is preferred, however long. */
const UNWANTED = 50

/**
 * The internet prefers any other path to that of a NAT gateway: a local preference below the default, which counts
 * before the length of a path (RFC 4271 §9.1.1). Traffic comes back by the other gateway, and leaves by this one.
 */
export const lessPreferred = (gateway: string): Fault => ({
  name: `lower local preference for ${gateway} at the internet`,
  targets: [gateway],
  check: ({ topology }) => void uplinkOf(topology, gateway),
  apply: async (lab) => {
    const session = uplinkOf(lab.topology, gateway)
    const { far, near, vpc } = session
    const map = `route-map ${fromGateway(near.node)} permit 10`
    const prefix = `${publicAddressAt(vpc, near.node)}/32`
    return strike(
      lab,
      {
        at: far,
        lines: [map, `set local-preference ${UNWANTED}`],
        undo: [map, 'no set local-preference'],
        now: [`clear bgp ${near.address} soft in`],
      },
      {
        effective: heard(session, prefix, 'to want it less', (path) => path?.localPreference === UNWANTED),
        restored: heard(
          session,
          prefix,
          'to want it as before',
          (path) => path !== undefined && path.localPreference !== UNWANTED,
        ),
      },
    )
  },
})
