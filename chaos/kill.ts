import { clusterWhole } from '../lab/conditions/cluster.ts'
import {
  bfdUp,
  bgpEstablished,
  chassisRegistered,
  portsInstalled,
  portsUp,
  routesInKernels,
} from '../lab/ready/facts.ts'
import { ospfFull } from '../lab/ready/ospf.ts'
import { nodeNamed } from '../lab/topology/nodes.ts'
import type { Lab } from '../lab/types.ts'
import type { Condition } from '../lab/until.ts'
import type { Fault } from './fault.ts'
import { bothWays, silenced } from './links.ts'

/**
 * Death of a node, as by a power cut: its links fall silent at one instant, then every process of it
 * gets SIGKILL. Silence comes first because a namespace that dies goes on forwarding for up to 200 ms,
 * without its NAT rules: the far end would see packets with inside addresses that no dead gateway sends.
 * Links at its peers keep their carrier, as behind a switch. Healing makes the node anew from its
 * image and the topology, and waits until it serves.
 */
export const kill = (node: string): Fault => ({
  name: `death of ${node}`,
  targets: [node],
  check: ({ topology }) => void nodeNamed(topology, node),
  apply: async (lab) => {
    const courses = lab.wires.endsOf(node).flatMap(bothWays).map(silenced)
    const silence = await lab.wires.rules.impose(`death of ${node}`, courses)
    try {
      await lab.kill(node)
    } catch (error) {
      await silence.lift()
      throw error
    }
    return {
      bracket: silence.bracket,
      effective: {
        name: `${node} to be gone`,
        look: async () =>
          lab.alive(node)
            ? { holds: false, saw: 'it still runs' }
            : { holds: true, saw: 'its processes and its container are gone' },
      },
      heal: async () => {
        const { fromNs } = await silence.lift() // its links are gone, and are not to be silent when they are made anew
        await lab.revive(node)
        return { fromNs, toNs: lab.history.now() }
      },
      restored: serves(node),
    }
  },
})

/**
 * A revived node takes part again: routing nodes have all their sessions and routes, chassis also the flows of
 * their ports, central nodes every chassis and port, and their cluster its members; others answer.
 */
export const serves = (node: string): Condition<Lab> => ({
  name: `${node} to serve again`,
  look: async (lab) => {
    const { role } = nodeNamed(lab.topology, node)
    if (role === 'workload') {
      const { exit } = await lab.try(node, 'ip -4 route get 203.0.113.1')
      return { holds: exit === 0, saw: exit === 0 ? 'it has its routes' : 'it has no routes' }
    }
    const facts =
      role === 'central'
        ? [clusterWhole, chassisRegistered, portsUp]
        : [
            bgpEstablished([node]),
            ospfFull([node]),
            bfdUp([node]),
            routesInKernels([node]),
            ...(role === 'chassis' ? [portsInstalled(node)] : []),
          ]
    const looks = await Promise.all(facts.map(({ look }) => look(lab)))
    return { holds: looks.every(({ holds }) => holds), saw: looks.map(({ saw }) => saw).join(', ') }
  },
})
