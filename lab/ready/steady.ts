// The steady state as one fact: all that makes a lab ready, at once.

import { everyBackendOnline } from '../conditions/balance.ts'
import { clusterWhole } from '../conditions/cluster.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'
import {
  bfdUp,
  bgpEstablished,
  chassisRegistered,
  defaultsLearned,
  flowsInstalled,
  portsUp,
  routesInKernels,
} from './facts.ts'
import { ospfFull } from './ospf.ts'
import { tcpOnEveryPath } from './paths.ts'

/** Those that cost nothing to look at come first: while one of them does not hold, the others are not asked. */
const FACTS: readonly Condition<Lab>[] = [
  chassisRegistered,
  portsUp,
  defaultsLearned,
  everyBackendOnline,
  clusterWhole,
  routesInKernels(),
  flowsInstalled,
  bgpEstablished(),
  ospfFull(),
  bfdUp(),
  tcpOnEveryPath,
]

/** Every session is up, every route and flow is where it belongs, and TCP passes on every kind of path. */
export const steadyState: Condition<Lab> = {
  name: 'the steady state',
  look: async (lab) => {
    for (const { name, look } of FACTS) {
      const { holds, saw } = await look(lab)
      if (!holds) return { holds, saw: `waited for ${name}: ${saw}` }
    }
    return { holds: true, saw: `${FACTS.length} facts hold` }
  },
}
