// A TCP exchange on every kind of path. A ping proves too little: with a wrong offload setting ICMP
// and UDP pass and TCP dies.

import { presentWorkloads } from '../topology/later.ts'
import { loadBalancers } from '../topology/load-balancers.ts'
import { internetOf, internets } from '../topology/regions.ts'
import type { Internet, Topology, Vpc, Workload } from '../topology/types.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

type Exchange = {
  readonly from: string
  readonly to: string
  /** Who may answer, where that is not `to` itself. */
  readonly by?: readonly string[]
  readonly address: string
  readonly port: number
  readonly kind: string
}

function tierPaths(vpc: Vpc): Exchange[] {
  const exchanges: Exchange[] = []
  const seen = new Set<string>()
  const present = presentWorkloads(vpc)
  const meets = (from: Workload, to: Workload) => {
    const kind = `${from.tier} to ${to.tier}, ${from.chassis === to.chassis ? 'same chassis' : 'across Geneve'}`
    if (from === to || !to.serves || seen.has(kind)) return
    seen.add(kind)
    exchanges.push({ from: from.name, to: to.name, address: to.address, port: to.serves, kind })
  }
  for (const { from, to } of vpc.allow)
    for (const source of present)
      for (const target of present)
        if (target.tier === to && (from === 'vpc' || from === source.tier)) meets(source, target)
  return exchanges
}

/** Through each load balancer, from inside its VPC and, where that may be, from the internet: any backend answers. */
function balancedPaths(topology: Topology): Exchange[] {
  return loadBalancers(topology).flatMap(({ name, address, port, public: open, vpc, backends }) => {
    const client = presentWorkloads(vpc).find((each) => !backends.includes(each.name))
    const all = { to: name, by: backends, port, kind: 'through a load balancer' }
    return [
      ...(client ? [{ ...all, from: client.name, address }] : []),
      ...(open ? [{ ...all, from: internetOf(topology, vpc).name, address: vpc.publicAddress }] : []),
    ]
  })
}

/** One exchange for each kind of path: tier to tier, on one chassis and across Geneve, and out through NAT. */
export function paths(topology: Topology): Exchange[] {
  const out = ({ name, address }: Internet) => ({ to: name, address, port: 80 })
  const inside = Object.values(topology.vpcs).flatMap((vpc) => {
    const [one] = presentWorkloads(vpc)
    const own = internetOf(topology, vpc)
    return [
      ...tierPaths(vpc),
      ...(one ? internets(topology).map((each) => ({ ...out(each), from: one.name, kind: 'through NAT' })) : []),
      ...vpc.nat.gateways.map(({ name }) => ({ ...out(own), from: name, kind: 'uplink' })),
    ]
  })
  return [...inside, ...balancedPaths(topology)]
}

export const tcpOnEveryPath: Condition<Lab> = {
  name: 'a TCP exchange on every kind of path',
  look: async (lab) => {
    const all = paths(lab.topology)
    const failed = await Promise.all(
      all.map(async ({ from, to, by = [to], address, port, kind }) => {
        const { exit, out } = await lab.try(from, `curl -sS --connect-timeout 1 -m 2 http://${address}:${port}/`)
        return exit === 0 && by.some((name) => out.startsWith(`${name} `))
          ? []
          : [`${from} → ${to} (${kind}): ${out.trim() || `exit ${exit}`}`]
      }),
    )
    const wrong = failed.flat()
    return { holds: wrong.length === 0, saw: wrong.length === 0 ? `${all.length} paths` : wrong.slice(0, 4).join('; ') }
  },
}
