// What the topology's policy table makes of every pair of nodes: who must be answered, who must not.

import { presentWorkloads } from './later.ts'
import type { Topology, Vpc, Workload } from './types.ts'

export type Expected = {
  readonly from: string
  readonly to: string
  readonly protocol: 'tcp' | 'udp' | 'icmp'
  readonly port?: number
  readonly expect: 'answered' | 'refused' | 'silent'
}

const PROTOCOLS = ['tcp', 'udp', 'icmp'] as const
/** Where nothing serves, a host refuses a TCP connection by itself (RFC 9293 §3.10.7.1). */
const HTTP = 80

function allowed(from: { vpc: Vpc; workload: Workload }, to: { vpc: Vpc; workload: Workload }): boolean {
  if (from.vpc !== to.vpc) return false
  return to.vpc.allow.some(
    (rule) => rule.to === to.workload.tier && (rule.from === 'vpc' || rule.from === from.workload.tier),
  )
}

/** Every workload that is there from the start to every other one and to the internet, over TCP, UDP and ICMP. */
export function expectations(topology: Topology): Expected[] {
  const all = Object.values(topology.vpcs).flatMap((vpc) =>
    presentWorkloads(vpc).map((workload) => ({ vpc, workload })),
  )
  return all.flatMap((from) => [
    ...all
      .filter((to) => to !== from)
      .flatMap((to) =>
        PROTOCOLS.map((protocol): Expected => {
          const denied = to.vpc.deny[to.workload.tier] === 'reject' ? 'refused' : 'silent'
          const served = protocol !== 'tcp' || to.workload.serves ? 'answered' : 'refused'
          const port = protocol === 'tcp' ? { port: to.workload.serves ?? HTTP } : {}
          return {
            from: from.workload.name,
            to: to.workload.name,
            protocol,
            ...port,
            expect: allowed(from, to) ? served : denied,
          }
        }),
      ),
    ...PROTOCOLS.map((protocol): Expected => {
      const port = protocol === 'tcp' ? { port: HTTP } : {}
      return { from: from.workload.name, to: topology.internet.name, protocol, ...port, expect: 'answered' }
    }),
  ])
}
