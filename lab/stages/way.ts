import type { Direction } from '../events.ts'
import { nodeNamed } from '../topology/nodes.ts'
import { internets } from '../topology/regions.ts'
import type { Topology, Vpc } from '../topology/types.ts'
import { publicAddresses } from '../topology/vpcs.ts'

/** One direction of a flow, as what it depends on. */
export type Way = {
  /** The VPCs of its ends. */
  readonly vpcs: readonly string[]
  /** Chassis whose rules decide where it goes: those of its workloads, and those that hold the gateway port. */
  readonly chassis: readonly string[]
  readonly gateways: readonly string[]
  /** None where it stays among workloads. */
  readonly internet?: string
  readonly towardsInternet: boolean
  /** Where there are several regions: their internets, and the prefix of the one at the way's end. */
  readonly regions?: { readonly internets: readonly string[]; readonly prefix: string }
  /** Of the workload that it comes from or goes to. */
  readonly address: string
  readonly publicPrefixes: readonly string[]
}

type Ends = { readonly from: string; readonly to: string }

/** What one direction of a flow between two nodes depends on; `holders`: chassis that hold a VPC's gateway port. */
export function wayOf(
  topology: Topology,
  { from, to }: Ends,
  direction: Direction,
  holders: (vpc: Vpc) => readonly string[] = () => [],
): Way {
  const ends = [from, to].map((name) => nodeNamed(topology, name))
  const inside = ends.filter(({ vpc }) => vpc)
  const vpcs = [...new Set(inside.flatMap(({ vpc }) => vpc ?? []))]
  const outside = inside.length < ends.length ? vpcs : []
  const end = ends.find(({ role }) => role === 'internet')
  const internet = end?.name
  const several = internets(topology).map(({ name }) => name)
  return {
    vpcs: vpcs.map(({ name }) => name),
    chassis: [...new Set([...inside.flatMap(({ chassis }) => chassis ?? []), ...outside.flatMap(holders)])],
    gateways: outside.flatMap(({ nat }) => nat.gateways.map(({ name }) => name)),
    ...(internet && { internet }),
    ...(end && several.length > 1 && { regions: { internets: several, prefix: `${end.addresses[0]}/32` } }),
    towardsInternet: internet === (direction === 'forward' ? to : from),
    address: inside[0]?.addresses[0] ?? '',
    publicPrefixes: (vpcs[0] ? publicAddresses(vpcs[0]) : []).map((address) => `${address}/32`),
  }
}
