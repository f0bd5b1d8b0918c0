// Faults on one BGP session, by kind: what an operator, a limit or a policy does to it, while its path is sound.

import { askNeighbor, configure, type Neighbor, parseNeighbor, tell } from '../../lab/frr/bgp.ts'
import { bgpEstablished } from '../../lab/ready/facts.ts'
import { type Session, type Speaking, sessionBetween } from '../../lab/topology/peerings.ts'
import type { Lab } from '../../lab/types.ts'
import type { Condition } from '../../lab/until.ts'
import { all } from '../compose/together.ts'
import type { Applied, Fault } from '../fault.ts'
import { serves } from '../kill.ts'

/** What one end knows of the session now; nothing where its bgpd does not answer. */
async function seenBy(lab: Lab, near: Speaking, far: Speaking): Promise<Neighbor | undefined> {
  return parseNeighbor((await lab.try(near.node, askNeighbor(near.instance, far.address))).out, far.address)
}

const told = (seen: Neighbor | undefined) =>
  seen ? `${seen.state}${seen.reason ? `, ${seen.reason}` : ''}, left ${seen.dropped} times` : 'no answer'

/** The far end has left the session: nothing that the near end says of itself would prove it. */
const gone = ({ near, far }: Session): Condition<Lab> => ({
  name: `the session to be down at ${far.node}`,
  look: async (lab) => {
    const seen = await seenBy(lab, far, near)
    return { holds: seen !== undefined && seen.state !== 'Established', saw: told(seen) }
  },
})

/** The far end counts one more time of this kind than before. */
const counted = (
  { near, far }: Session,
  name: string,
  before: number,
  count: (seen: Neighbor) => number,
): Condition<Lab> => ({
  name,
  look: async (lab) => {
    const seen = await seenBy(lab, far, near)
    return { holds: seen !== undefined && count(seen) > before, saw: told(seen) }
  },
})

const whole = ({ near, far }: Session): Condition<Lab> => {
  const parts = all([serves(near.node), bgpEstablished([far.node])])
  return { ...parts, name: `the session between ${near.node} and ${far.node} to be whole again` }
}

/** A fault on the session between two nodes: by the first, towards the second. */
const onSession = (
  name: string,
  [a, b]: readonly [string, string],
  apply: (lab: Lab, session: Session) => Promise<Omit<Applied, 'restored'>>,
  ends?: string,
): Fault => ({
  name: `${name} of the BGP session between ${a} and ${b}`,
  targets: [a, b],
  ...(ends && { ends }),
  check: ({ topology }) => void sessionBetween(topology, a, b),
  apply: async (lab) => {
    const session = sessionBetween(lab.topology, a, b)
    return { ...(await apply(lab, session)), restored: whole(session) }
  },
})

/**
 * Administrative shutdown by the first of two peers, as before maintenance: it sends Cease, Administrative Shutdown
 * (RFC 4486 §3), and stays Idle until healed.
 */
export const bgpShutdown = (a: string, b: string): Fault =>
  onSession('administrative shutdown', [a, b], async (lab, session) => {
    const { near, far } = session
    const line = (no: string) =>
      configure(near.instance, [`router bgp ${near.as}`, `${no}neighbor ${far.address} shutdown`])
    await lab.armory?.arm(near.node, line('no '))
    const { bracket } = await lab.run(near.node, line(''))
    return {
      bracket,
      effective: gone(session),
      heal: async () => (await lab.run(near.node, line('no '))).bracket,
    }
  })

/**
 * Reset by the first of two peers: it sends Cease, Administrative Reset (RFC 4486 §3), and both begin anew. It ends by
 * itself: the session comes back when ConnectRetry lets it.
 */
export const bgpReset = (a: string, b: string): Fault =>
  onSession(
    'reset',
    [a, b],
    async (lab, session) => {
      const { near, far } = session
      const before = (await seenBy(lab, far, near))?.dropped ?? 0
      const { bracket } = await lab.run(near.node, tell(near.instance, [`clear bgp ${far.address}`]))
      return {
        bracket,
        effective: counted(session, `${far.node} to have left the session`, before, ({ dropped }) => dropped),
        heal: async () => bracket,
        over: Promise.resolve(bracket),
      }
    },
    'at once; both begin anew',
  )

/**
 * Soft reset by the first of two peers: it sends its routes again and asks for the other's (ROUTE-REFRESH,
 * RFC 2918). The session stays up. It ends by itself.
 */
export const bgpRefresh = (a: string, b: string): Fault =>
  onSession(
    'soft reset',
    [a, b],
    async (lab, session) => {
      const { near, far } = session
      const before = (await seenBy(lab, far, near))?.refreshed ?? 0
      const { bracket } = await lab.run(near.node, tell(near.instance, [`clear bgp ${far.address} soft`]))
      return {
        bracket,
        effective: counted(session, `${far.node} to be asked for its routes`, before, ({ refreshed }) => refreshed),
        heal: async () => bracket,
        over: Promise.resolve(bracket),
      }
    },
    'once the routes are told again',
  )

/**
 * The first of two peers accepts so many prefixes of the other and no more: above that it sends Cease, Maximum Number
 * of Prefixes Reached (RFC 4486 §3), and stays Idle until an operator clears it, which healing does. One
 * that the peer never reaches does not bite.
 */
export const prefixLimit = (a: string, b: string, { most }: { readonly most: number }): Fault =>
  onSession(`prefix limit of ${most}`, [a, b], async (lab, session) => {
    const { near, far } = session
    const line = (no: string) =>
      configure(near.instance, [
        `router bgp ${near.as}`,
        'address-family ipv4 unicast',
        `${no}neighbor ${far.address} maximum-prefix ${most}`,
      ])
    const undo = `${line('no ')} && ${tell(near.instance, [`clear bgp ${far.address}`])}`
    await lab.armory?.arm(near.node, undo)
    const { bracket } = await lab.run(near.node, line(''))
    return { bracket, effective: gone(session), heal: async () => (await lab.run(near.node, undo)).bracket }
  })
