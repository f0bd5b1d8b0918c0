// A large table: thousands of prefixes that the internet announces at once, as when a peer leaks its own.

import { ScenarioError } from '../../lab/errors.ts'
import { network } from '../../lab/topology/ipv4.ts'
import type { Topology } from '../../lab/topology/types.ts'
import type { Lab } from '../../lab/types.ts'
import type { Condition } from '../../lab/until.ts'
import { COUNTED_BY } from '../../lab/watch/table.ts'
import type { Fault } from '../fault.ts'

/** Each of four addresses, as uplinks have. */
const LENGTH = 30

const tableOf = ({
  name,
  internet,
}: Topology): { readonly cidr: string; readonly most: number; readonly first: string } => {
  if (!internet.table) throw new ScenarioError(`the internet of ${name} has no table to announce prefixes of`)
  const { cidr, prefix } = network(internet.table)
  return { cidr, most: 2 ** Math.max(0, LENGTH - prefix), first: cidr.split('/')[0] ?? '' }
}

const learners = ({ vpcs }: Topology): readonly string[] =>
  Object.values(vpcs).flatMap(({ nat }) => (nat.learnsTable ? nat.gateways.map(({ name }) => name) : []))

/** Every NAT gateway that learns the table has so many prefixes of it in its kernel. */
export const tableAtGateways = (prefixes: number): Condition<Lab> => ({
  name: `${prefixes} prefixes of the table in the kernels that learn it`,
  look: async (lab) => {
    const { cidr } = tableOf(lab.topology)
    const counts = await Promise.all(
      learners(lab.topology).map(async (node) => {
        const { out } = await lab.try(node, `ip -4 route show root ${cidr} proto bgp | wc -l`)
        return { node, count: Number(out.trim()) }
      }),
    )
    return {
      holds: counts.length > 0 && counts.every(({ count }) => count === prefixes),
      saw: counts.map(({ node, count }) => `${count} at ${node}`).join(', ') || 'nobody learns it',
    }
  },
})

/**
 * The internet announces so many prefixes of its table at once, drawn from the lab's seed, and withdraws them when it is
 * healed. They take hold in its kernel in one step, and reach bgpd from there. Throws ScenarioError for a number that is
 * no multiple of 100, by which kernels count them, or more than the table has room for.
 */
export const tableAnnounced = ({ prefixes }: { readonly prefixes: number }): Fault => ({
  name: `announcement of ${prefixes} prefixes by the internet`,
  targets: ['internet'],
  check: ({ topology }) => {
    const { cidr, most } = tableOf(topology)
    if (Number.isInteger(prefixes) && prefixes > 0 && prefixes % COUNTED_BY === 0 && prefixes <= most) return
    throw new ScenarioError(`${cidr} has room for ${COUNTED_BY} to ${most} prefixes, by the hundred; was ${prefixes}`)
  },
  apply: async (lab) => {
    const { cidr, most, first } = tableOf(lab.topology)
    const node = lab.topology.internet.name
    const chance = lab.random(`table of ${prefixes}`)
    // An odd factor makes each of the 2^n numbers another one: so many different prefixes, in no order.
    const [factor, start] = [2 * Math.floor(chance() * (most / 2)) + 1, Math.floor(chance() * most)]
    const list = '/run/gameday/table'
    await lab.run(
      node,
      `mkdir -p /run/gameday; perl -MSocket -e 'my $first = unpack("N", inet_aton("${first}")); for my $i (0 .. ${prefixes - 1}) { printf "route add blackhole %s/${LENGTH}\\n", inet_ntoa(pack("N", $first + ${2 ** (32 - LENGTH)} * (($i * ${factor} + ${start}) % ${most}))) }' >${list}`,
    )
    const undo = `ip -4 route flush root ${cidr} type blackhole`
    await lab.armory?.arm(node, undo)
    const { bracket } = await lab.run(node, `ip -batch ${list}`)
    return {
      bracket,
      effective: tableAtGateways(prefixes),
      heal: async () => (await lab.run(node, undo)).bracket,
      restored: tableAtGateways(0),
    }
  },
})
