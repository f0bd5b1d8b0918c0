// Prefixes announced by who does not own them, and the filter that should refuse them.

import { ScenarioError } from '../../lab/errors.ts'
import { tell } from '../../lab/frr/bgp.ts'
import { filtersOf } from '../../lab/frr/maps.ts'
import { isCidr } from '../../lab/topology/ipv4.ts'
import { sessionBetween } from '../../lab/topology/peerings.ts'
import type { Lab } from '../../lab/types.ts'
import type { Condition } from '../../lab/until.ts'
import type { Fault } from '../fault.ts'
import { pathsAt, strike } from './paths.ts'

export type Announcement = {
  /** The node whose bgpd announces it: a NAT gateway, the internet, or the chassis of a speaker. */
  readonly by: string
  readonly to: string
  readonly prefix: string
}

/**
 * A BGP speaker announces a prefix that is not its own: its filter towards that peer lets it out, as after a mistake
 * in its configuration. Whether anybody believes it is the peer's filter's business (RFC 7454 §6). Throws
 * ScenarioError for what is no prefix.
 */
export function hijack({ by, to, prefix }: Announcement): Fault {
  if (!isCidr(prefix)) throw new ScenarioError(`no prefix: '${prefix}'; write it as in 203.0.113.17/32`)
  return {
    name: `announcement of ${prefix} by ${by} to ${to}`,
    targets: [by],
    check: ({ topology }) => void sessionBetween(topology, by, to),
    apply: async (lab) => {
      const session = sessionBetween(lab.topology, by, to)
      const { near } = session
      const { list } = filtersOf(lab.topology, session)
      const lines = (no: string) => [
        `${no}ip prefix-list ${list} seq 100 permit ${prefix}`,
        `router bgp ${near.as}`,
        'address-family ipv4 unicast',
        `${no}network ${prefix}`,
      ]
      const announced = (wanted: boolean): Condition<Lab> => ({
        name: `${by} ${wanted ? 'to announce' : 'not to announce'} ${prefix}`,
        look: async () => {
          const own = (await pathsAt(lab, near, prefix)).some((path) => path.from === '0.0.0.0')
          return { holds: own === wanted, saw: own ? 'it does' : 'it does not' }
        },
      })
      return strike(
        lab,
        { at: near, lines: lines(''), undo: lines('no ') },
        { effective: announced(true), restored: announced(false) },
      )
    },
  }
}

/**
 * A BGP speaker's filter for what it learns from a peer is lost: whatever that announces is believed. The contrary
 * of what every session has (RFC 8212).
 */
export const filterLost = (at: string, { for: peer }: { readonly for: string }): Fault => ({
  name: `loss of the filter at ${at} for ${peer}`,
  targets: [at],
  check: ({ topology }) => void sessionBetween(topology, at, peer),
  apply: async (lab) => {
    const session = sessionBetween(lab.topology, at, peer)
    const { near } = session
    const map = filtersOf(lab.topology, session).in
    const first = `route-map ${map} permit 5` // before the entry that matches what may pass, and matching all
    const open = (wanted: boolean): Condition<Lab> => ({
      name: `the filter to be ${wanted ? 'gone' : 'there'}`,
      look: async () => {
        const { out } = await lab.try(near.node, tell(near.instance, [`show route-map ${map}`]))
        const opened = /permit, sequence 5\b/.test(out)
        return { holds: opened === wanted, saw: opened ? 'everything may pass' : 'nothing passes but what may' }
      },
    })
    return strike(
      lab,
      { at: near, lines: [first], undo: [`no ${first}`] },
      { effective: open(true), restored: open(false) },
    )
  },
})
