// Conditions on what a BGP speaker has chosen, before any kernel has it.

import { askPaths, parsePaths } from '../frr/bgp.ts'
import { nodeWithAddress } from '../topology/nodes.ts'
import { sessionBetween } from '../topology/peerings.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

/**
 * The best path of a prefix in the RIB of a node's bgpd (RFC 4271 §9.1.2) was heard from this peer; of equal cost there may
 * be others. Throws ScenarioError where the two have no session.
 */
export const bestPath = (prefix: string, { at, from }: { at: string; from: string }): Condition<Lab> => ({
  name: `the best path of ${prefix} at ${at} to be that from ${from}`,
  look: async (lab) => {
    const { near, far } = sessionBetween(lab.topology, at, from)
    const { out } = await lab.try(at, askPaths(near.instance, prefix))
    const best = parsePaths(out).filter((path) => path.best)
    const peers = best.map((path) => nodeWithAddress(lab.topology, path.from) ?? path.from)
    return { holds: best.some((path) => path.from === far.address), saw: peers.join(' and ') || 'no path' }
  },
})
