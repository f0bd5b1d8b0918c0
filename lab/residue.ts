// What a fault must not leave behind: links, addresses, routes, rules, filters, switch ports,
// processes, and the rows of both databases, as they were before the first fault.

import { LabError } from './errors.ts'
import { PATCHBAY } from './patchbay/node.ts'
import { controlPlaneQuiet, lastChange } from './ready/quiet.ts'
import { nodes } from './topology/nodes.ts'
import type { Lab } from './types.ts'
import { type Condition, ready, waitFor } from './until.ts'

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
const WIRING = `ip -o link; bridge link; tc qdisc show; for d in $(ls /sys/class/net); do
echo "filter show dev $d ingress"; echo "filter show dev $d egress"; done | tc -batch -`
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

/**
 * One node after the other, and whenever nobody else wants the processor: hundreds of processes at
 * once make BFD sessions time out, just before a fault that is to meet them all up.
 */
async function look(lab: Lab): Promise<Snapshot> {
  const facts = new Set<string>()
  const read = async (place: string, command: string) => {
    const { out } = await lab.try(place, `( renice -n 19 $BASHPID >/dev/null; ${command}; ) 2>/dev/null`)
    const counted = new Map<string, number>()
    const lines = out.split('\n').map(strip)
    for (const line of lines.filter((text) => text && text !== '}')) counted.set(line, (counted.get(line) ?? 0) + 1)
    for (const [line, count] of counted) facts.add(`${place}: ${line}${count > 1 ? ` (${count} times)` : ''}`)
  }
  const { topology, southbound } = lab
  await read(PATCHBAY, WIRING)
  for (const { name } of nodes(topology)) {
    if (lab.alive(name)) await read(name, LOOK)
    else facts.add(`${name}: not running`)
  }
  await read(topology.central.name, NB)
  const chassis = new Map(southbound.rows('Chassis').map((row) => [row._uuid, String(row.name)]))
  for (const row of southbound.rows('Port_Binding'))
    facts.add(`SB: ${row.logical_port} bound to ${chassis.get(row.chassis) ?? 'no chassis'}, ${row.up ? 'up' : 'down'}`)
  for (const row of southbound.rows('Learned_Route'))
    facts.add(`SB: learned ${row.ip_prefix} via ${row.nexthop} on ${row.logical_port}`)
  return facts
}

export const snapshot = look

/** A session that came back is followed by its routes for a second, and on a busy machine for two. */
const QUIET_NS = 2e9
const MOST_LOOKS = 5

/**
 * The lab as it is while nothing changes: a look takes a second, in which a session may flap, and a
 * fault that met half the redundancy gone would prove nothing. Throws LabError for a lab that is
 * never at rest.
 */
export async function steadySnapshot(lab: Lab): Promise<Snapshot> {
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    await ready(lab, controlPlaneQuiet(QUIET_NS), { within: '30s' })
    const fromNs = lab.history.now()
    const seen = await look(lab)
    if (!lastChange(lab.history, fromNs)) return seen
  }
  throw new LabError(`steady state was not met: the control plane changed in each of ${MOST_LOOKS} looks at the lab`)
}

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
