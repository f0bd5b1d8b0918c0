// A TCP exchange on every kind of path. A ping proves too little: with a wrong offload setting ICMP
// and UDP pass and TCP dies.

import type { Topology, Vpc, Workload } from '../topology/types.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

type Exchange = {
  readonly from: string
  readonly to: string
  readonly address: string
  readonly port: number
  readonly kind: string
}

function tierPaths(vpc: Vpc): Exchange[] {
  const exchanges: Exchange[] = []
  const seen = new Set<string>()
  const meets = (from: Workload, to: Workload) => {
    const kind = `${from.tier} to ${to.tier}, ${from.chassis === to.chassis ? 'same chassis' : 'across Geneve'}`
    if (from === to || !to.serves || seen.has(kind)) return
    seen.add(kind)
    exchanges.push({ from: from.name, to: to.name, address: to.address, port: to.serves, kind })
  }
  for (const { from, to } of vpc.allow)
    for (const source of vpc.workloads)
      for (const target of vpc.workloads)
        if (target.tier === to && (from === 'vpc' || from === source.tier)) meets(source, target)
  return exchanges
}

/** One exchange for each kind of path: tier to tier, on one chassis and across Geneve, and out through NAT. */
export function paths(topology: Topology): Exchange[] {
  const { internet, vpcs } = topology
  const out = { to: internet.name, address: internet.address, port: 80 }
  return Object.values(vpcs).flatMap((vpc) => {
    const one = vpc.workloads[0]
    return [
      ...tierPaths(vpc),
      ...(one ? [{ ...out, from: one.name, kind: 'through NAT' }] : []),
      ...vpc.nat.gateways.map(({ name }) => ({ ...out, from: name, kind: 'uplink' })),
    ]
  })
}

export const tcpOnEveryPath: Condition<Lab> = {
  name: 'a TCP exchange on every kind of path',
  look: async (lab) => {
    const all = paths(lab.topology)
    const failed = await Promise.all(
      all.map(async ({ from, to, address, port, kind }) => {
        const { exit, out } = await lab.try(from, `curl -sS --connect-timeout 1 -m 2 http://${address}:${port}/`)
        return exit === 0 && out.startsWith(`${to} `)
          ? []
          : [`${from} → ${to} (${kind}): ${out.trim() || `exit ${exit}`}`]
      }),
    )
    const wrong = failed.flat()
    return { holds: wrong.length === 0, saw: wrong.length === 0 ? `${all.length} paths` : wrong.slice(0, 4).join('; ') }
  },
}
