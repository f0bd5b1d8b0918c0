// Conditions on which chassis binds what, by the SB.

import { redirectPort } from '../ovn/nb.ts'
import { nodeNamed } from '../topology/nodes.ts'
import { vpcNamed } from '../topology/vpcs.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

/** The gateway port of a VPC (`cr-lrp-…`) is bound to this chassis now. */
export const gatewayPort = (vpc: string, { on: chassis }: { on: string }): Condition<Lab> => ({
  name: `the gateway port of ${vpc} to be on ${chassis}`,
  look: async (lab) => {
    nodeNamed(lab.topology, chassis)
    const port = redirectPort(vpcNamed(lab.topology, vpc))
    const row = lab.southbound.rows('Port_Binding').find(({ logical_port }) => logical_port === port)
    const bound = lab.southbound.rows('Chassis').find(({ _uuid }) => _uuid === row?.chassis)
    return { holds: bound?.name === chassis, saw: bound ? `it is on ${bound.name}` : 'it is on none' }
  },
})
