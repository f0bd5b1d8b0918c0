// A node that is shut down, as by its operator: its daemons are told, and say goodbye to their peers.

import type { Bracket } from '../lab/events.ts'
import { leave } from '../lab/nodes/daemon.ts'
import { nodeNamed } from '../lab/topology/nodes.ts'
import type { Lab } from '../lab/types.ts'
import type { Applied, Fault } from './fault.ts'
import { kill } from './kill.ts'

/** A daemon that does not end by then is killed with the rest, as a service manager does. */
const PATIENCE = '15s'

/** Ends the daemons, those first that were started last, and then cuts the power. */
async function shutDown(lab: Lab, node: string): Promise<Applied> {
  const goodbyes = lab
    .daemons(node)
    .toReversed()
    .map((daemon) => `timeout ${Number.parseInt(PATIENCE, 10)} bash -c ${quote(leave(daemon))}`)
  const { bracket } = await lab.try(node, goodbyes.join('\n'), { within: '60s' })
  const dead = await kill(node).apply(lab)
  return { ...dead, bracket: { fromNs: bracket.fromNs, toNs: dead.bracket.toNs } }
}

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/**
 * Shutdown of a node: every daemon is ended in the way that its package's service ends it, the last started
 * first, and then the node is gone. BGP says Cease, ovn-controller takes its chassis out of the SB: nobody has
 * to detect anything. Healing makes the node anew, as after `kill`.
 */
export const stop = (node: string): Fault => ({
  name: `shutdown of ${node}`,
  targets: [node],
  check: ({ topology }) => void nodeNamed(topology, node),
  apply: (lab) => shutDown(lab, node),
})

/** Reboot of a node: shut down, and made anew as soon as it is gone. It ends by itself. */
export const restart = (node: string): Fault => ({
  name: `reboot of ${node}`,
  ends: 'once it has been made anew',
  targets: [node],
  check: ({ topology }) => void nodeNamed(topology, node),
  apply: async (lab) => {
    const down = await shutDown(lab, node)
    const gone = await down.effective.look(lab)
    const made: Promise<Bracket> = down.heal()
    void made.catch(() => undefined) // told by `over`
    return { ...down, effective: { name: down.effective.name, look: async () => gone }, heal: () => made, over: made }
  },
})
