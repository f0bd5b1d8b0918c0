// Load balancers: an address of their own, and backends that serve and can be probed.

import { alternatives } from '../alternatives.ts'
import type { Flaw, Path } from '../flaw.ts'
import { contains, freeHost, isHost, network } from '../ipv4.ts'
import { vpcsOf } from '../ports.ts'
import type { LoadBalancer, Topology, Vpc, Workload } from '../types.ts'

/** What answers to the virtual address must not be a host of a switch: who stands there asks for it by ARP, and nobody answers. */
function* address(at: Path, vpc: Vpc, { address: virtual }: LoadBalancer): Iterable<Flaw> {
  const inside = vpc.subnets.find(({ cidr }) => contains(network(cidr), network(`${virtual}/32`)))
  if (inside)
    yield {
      at: [...at, 'address'],
      says: `${virtual} lies in ${inside.name} ${inside.cidr}; a virtual address lies in no subnet, so that clients send it to their router`,
    }
}

function* backends(at: Path, vpc: Vpc, { backends: names, health }: LoadBalancer): Iterable<Flaw> {
  const found: Workload[] = []
  const serving = vpc.workloads.filter(({ serves }) => serves !== undefined)
  for (const [index, name] of names.entries()) {
    const workload = serving.find((each) => each.name === name)
    const place = [...at, 'backends', index]
    if (!workload) {
      const able = alternatives(
        name,
        serving.map((each) => each.name),
      )
      yield { at: place, says: `${name} is no workload of ${vpc.name} that serves; there is ${able}` }
    } else if (names.indexOf(name) < index) yield { at: place, says: `${name} is listed twice` }
    else found.push(workload)
  }
  const [first] = found
  const subnet = vpc.subnets.find(({ name }) => name === first?.subnet)
  if (!first || !subnet) return
  const apart = found.find((each) => each.subnet !== first.subnet)
  if (apart)
    yield {
      at: [...at, 'backends'],
      says: `${apart.name} is on ${apart.subnet}, ${first.name} on ${first.subnet}; one source of probes serves one subnet`,
    }
  const range = network(subnet.cidr)
  const taken = new Set([subnet.gateway, ...vpc.workloads.map((each) => each.address)])
  if (isHost(range, health.source) && !taken.has(health.source)) return
  const free = freeHost(range, taken, health.source) ?? 'no address'
  yield {
    at: [...at, 'health', 'source'],
    says: `${health.source} is no free host of ${subnet.name} ${subnet.cidr}; ${free} is free`,
  }
}

/** Behind one public address each port leads to one load balancer. */
function* apart(at: Path, vpc: Vpc): Iterable<Flaw> {
  const first = new Map<number, string>()
  for (const [index, { name, port, public: open }] of (vpc.loadBalancers ?? []).entries()) {
    const taken = first.get(port)
    const says = `${port} of ${vpc.publicAddress} leads to ${taken} already; give it another, or keep one of them inside`
    if (open && taken) yield { at: [...at, 'loadBalancers', index, 'port'], says }
    if (open && !taken) first.set(port, name)
  }
}

export function* balance(topology: Topology): Iterable<Flaw> {
  const names = new Map<string, string>()
  for (const { at, vpc } of vpcsOf(topology)) {
    yield* apart(at, vpc)
    for (const [index, each] of (vpc.loadBalancers ?? []).entries()) {
      const place = [...at, 'loadBalancers', index]
      const taken = names.get(each.name)
      if (taken) yield { at: [...place, 'name'], says: `${each.name} is taken by one of ${taken}` }
      names.set(each.name, vpc.name)
      yield* address(place, vpc, each)
      yield* backends(place, vpc, each)
    }
  }
}
