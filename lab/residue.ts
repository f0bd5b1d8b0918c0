// What a fault must not leave behind: links, addresses, routes, rules, filters, switch ports,
// processes, and the rows of both databases, as they were before the first fault.

import { PATCHBAY } from './patchbay/node.ts'
import { nodes } from './topology/nodes.ts'
import type { Lab } from './types.ts'
import { type Condition, waitFor } from './until.ts'

/** Lines of state, each `place: fact`, without what differs between two looks at the same thing. */
export type Snapshot = ReadonlySet<string>

/** Indexes and identifiers that change when a thing is made anew, though it is the same. */
const strip = (line: string): string =>
  line
    .replace(/^\d+: /, '') // interface index
    .replace(/@if\d+/, '')
    .replace(/ (nhid|link-netnsid|handle|id|pref|tag|jited|fh) \S+/g, '')
    .replace(/ brd \S+| link\/ether \S+/g, '')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replace(/\s+/g, ' ')
    .trim()

/** Bash text that prints a node's state, one fact a line. */
const LOOK = [
  'ip -o link',
  'ip -4 -o addr',
  'ip -4 -o route show table all | grep -v " table local "',
  'ip rule',
  'nft -s list ruleset 2>/dev/null',
  'ps -eo comm= | sort -u | grep -vE "^(bash|ps|sort|grep|vtysh|curl|ovn-nbctl|sed|tail)$"',
  '[ ! -S /run/openvswitch/db.sock ] || { ovs-vsctl list-ports br-int; ovs-vsctl list-ports br-phy; }',
].join('; ')
const WIRING =
  'ip -o link; bridge link; for d in $(ls /sys/class/net); do tc qdisc show dev $d; tc filter show dev $d ingress; tc filter show dev $d egress; done'
/** NB rows that only the scenario or a fault can have changed. */
const NB_TABLES = [
  'Logical_Switch',
  'Logical_Router',
  'Logical_Router_Port',
  'Logical_Router_Static_Route',
  'ACL',
  'NAT',
  'Port_Group',
  'Gateway_Chassis',
  'Load_Balancer',
  'BFD',
]
const NB = NB_TABLES.map(
  (table) => `ovsdb-client dump --format=csv unix:/run/ovn/ovnnb_db.sock OVN_Northbound ${table}`,
).join('; ')

async function look(lab: Lab): Promise<Snapshot> {
  const facts = new Set<string>()
  const read = async (place: string, command: string) => {
    const { out } = await lab.try(place, `{ ${command}; } 2>/dev/null`)
    const counted = new Map<string, number>()
    for (const line of out.split('\n').map(strip)) if (line) counted.set(line, (counted.get(line) ?? 0) + 1)
    for (const [line, count] of counted) facts.add(`${place}: ${line}${count > 1 ? ` (${count} times)` : ''}`)
  }
  const { topology, southbound } = lab
  await Promise.all([
    read(PATCHBAY, WIRING),
    ...nodes(topology).map(({ name }) => (lab.alive(name) ? read(name, LOOK) : facts.add(`${name}: not running`))),
  ])
  await read(topology.central.name, NB)
  const chassis = new Map(southbound.rows('Chassis').map((row) => [row._uuid, String(row.name)]))
  for (const row of southbound.rows('Port_Binding'))
    facts.add(`SB: ${row.logical_port} bound to ${chassis.get(row.chassis) ?? 'no chassis'}, ${row.up ? 'up' : 'down'}`)
  for (const row of southbound.rows('Learned_Route'))
    facts.add(`SB: learned ${row.ip_prefix} via ${row.nexthop} on ${row.logical_port}`)
  return facts
}

export const snapshot = look

/** Facts that are there now and were not, with `+`; and those that are gone, with `-`. */
export const difference = (before: Snapshot, now: Snapshot): string[] => [
  ...[...now].filter((fact) => !before.has(fact)).map((fact) => `+ ${fact}`),
  ...[...before].filter((fact) => !now.has(fact)).map((fact) => `- ${fact}`),
]

const nothingLeft = (before: Snapshot): Condition<Lab> => ({
  name: 'everything to be as before the first fault',
  look: async (lab) => {
    const left = difference(before, await look(lab))
    return {
      holds: left.length === 0,
      saw: left.length === 0 ? `${before.size} facts as before` : left.slice(0, 20).join('; '),
    }
  },
})

/** What is still different from before, given a moment to settle; nothing if all is as it was. */
export async function residue(lab: Lab, before: Snapshot): Promise<string | undefined> {
  const { holds, saw } = await waitFor(lab, nothingLeft(before), { within: '10s', every: '500ms' })
  return holds ? undefined : saw
}
