import { ScenarioError } from '../errors.ts'
import { alternatives } from './alternatives.ts'
import type { NatGateway, Topology, Vpc } from './types.ts'

/** The VPC of this name, 'vpc-a'. Throws a ScenarioError that lists the names nearest to one that is not there. */
export function vpcNamed({ name: topology, vpcs }: Topology, name: string): Vpc {
  const all = Object.values(vpcs)
  const found = all.find((vpc) => vpc.name === name)
  if (found) return found
  throw new ScenarioError(
    `no VPC '${name}' in ${topology}; it has ${alternatives(
      name,
      all.map((vpc) => vpc.name),
    )}`,
  )
}

/** What the internet sees of those who leave a VPC through this gateway. */
export const publicAddressOf = (vpc: Vpc, { publicAddress }: Pick<NatGateway, 'publicAddress'>): string =>
  publicAddress ?? vpc.publicAddress

/** The same, of the gateway of this name; the VPC's own for any other. */
export const publicAddressAt = (vpc: Vpc, name: string): string =>
  publicAddressOf(vpc, vpc.nat.gateways.find((gateway) => gateway.name === name) ?? {})

/** All that the internet sees of a VPC: one address that its gateways share, or one of each. */
export const publicAddresses = (vpc: Vpc): readonly string[] => [
  ...new Set(vpc.nat.gateways.map((gateway) => publicAddressOf(vpc, gateway))),
]
