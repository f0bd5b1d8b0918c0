// What the SB says of chassis, at odds with what there is: a chassis that lives without a record, and a record
// without a chassis.

import { ScenarioError } from '../../lab/errors.ts'
import type { Bracket } from '../../lab/events.ts'
import { centralThatRuns, transact, transactionText } from '../../lab/ovn/transaction.ts'
import { chassisRegistered, portsUp } from '../../lab/ready/facts.ts'
import { contains, isAddress, network } from '../../lab/topology/ipv4.ts'
import { nodes } from '../../lab/topology/nodes.ts'
import type { Lab } from '../../lab/types.ts'
import { type Condition, ready } from '../../lab/until.ts'
import { all } from '../compose/together.ts'
import type { Fault } from '../fault.ts'
import { assertRole } from './conntrack.ts'

const recordOf = (lab: Pick<Lab, 'southbound'>, name: string) =>
  lab.southbound.rows('Chassis').find((row) => row.name === name)?._uuid

const named = (name: string) => [['name', '==', name]]

/**
 * The record of a living chassis is deleted, as by `ovn-sbctl chassis-del` of the wrong one. Its ports are
 * bound to nobody and the others take down their tunnels to it, until its ovn-controller has registered it
 * anew: by that it ends.
 */
export const chassisForgotten = (chassis: string): Fault => ({
  name: `loss of the SB's record of ${chassis}`,
  ends: 'once it has registered again',
  targets: [chassis],
  check: (lab) => assertRole(lab, chassis, 'chassis', 'the SB has records of chassis'),
  apply: async (lab) => {
    const before = recordOf(lab, chassis)
    await lab.armory?.arm(centralThatRuns(lab), ':') // it is the chassis itself that comes back
    const { bracket } = await transact(lab, 'sb', [{ op: 'delete', table: 'Chassis', where: named(chassis) }])
    const anew: Condition<Lab> = {
      name: `${chassis} to have registered anew`,
      look: async () => {
        const now = recordOf(lab, chassis)
        return {
          holds: now !== undefined && now !== before,
          saw: now ? `record ${now}, before ${before}` : 'no record',
        }
      },
    }
    const over = ready(lab, anew, { within: '60s' }).then((): Bracket => {
      const ns = lab.history.now()
      return { fromNs: ns, toNs: ns }
    })
    void over.catch(() => undefined) // told by `over`
    return {
      bracket,
      effective: {
        name: `the record of ${chassis} to be gone`,
        look: async () => {
          const now = recordOf(lab, chassis)
          return { holds: now !== before, saw: now ? `record ${now}, before ${before}` : 'no record' }
        },
      },
      heal: () => over,
      restored: all([anew, chassisRegistered, portsUp]),
      over,
    }
  },
})

export type LeftBehind = {
  /** What it was called, 'chassis-9'. */
  readonly name: string
  /** Its Geneve endpoint, an address of the fabric that nobody has. */
  readonly address: string
}

/**
 * The record of a chassis that is no more, as of a server that was taken away without `ovn-sbctl chassis-del`:
 * every other chassis keeps a tunnel to it. Proved by their tunnels.
 */
export const chassisLeftBehind = ({ name, address }: LeftBehind): Fault => {
  const tunnels = (wanted: boolean): Condition<Lab> => ({
    name: `tunnels to ${address} ${wanted ? 'on every chassis' : 'to be gone'}`,
    look: async (lab) => {
      const living = lab.topology.chassis.filter((each) => lab.alive(each.name))
      const counts = await Promise.all(
        living.map(async (each) => {
          const { out } = await lab.run(
            each.name,
            `ovs-vsctl --bare --columns=name find interface type=geneve options:remote_ip=${address}`,
          )
          return out.trim() !== ''
        }),
      )
      const count = counts.filter(Boolean).length
      return { holds: wanted ? count === living.length : count === 0, saw: `${count} of ${living.length} chassis` }
    },
  })
  return {
    name: `record of ${name}, which is no more, in the SB`,
    targets: [],
    reach: ({ chassis }) => chassis.map((each) => each.name),
    check: ({ topology }) => {
      if (nodes(topology).some((node) => node.name === name))
        throw new ScenarioError(`${name} is there, and left nothing`)
      const taken = nodes(topology).some((node) => node.addresses.includes(address))
      if (!isAddress(address) || !contains(network(topology.fabric.cidr), network(`${address}/32`)) || taken)
        throw new ScenarioError(`${address} is no free address of the fabric ${topology.fabric.cidr}`)
    },
    apply: async (lab) => {
      const back = [{ op: 'delete', table: 'Chassis', where: named(name) }]
      await lab.armory?.arm(centralThatRuns(lab), transactionText(lab.topology, 'sb', back))
      const encap = { type: 'geneve', ip: address, chassis_name: name, options: ['map', [['csum', 'true']]] }
      const { bracket } = await transact(lab, 'sb', [
        { op: 'insert', table: 'Encap', row: encap, 'uuid-name': 'encap' },
        { op: 'insert', table: 'Chassis', row: { name, hostname: name, encaps: ['named-uuid', 'encap'] } },
      ])
      return {
        bracket,
        effective: tunnels(true),
        heal: async () => (await transact(lab, 'sb', back)).bracket,
        restored: tunnels(false),
      }
    },
  }
}
