// What a fault must not leave behind: links, addresses, routes, rules, filters, switch ports,
// processes, the configuration of routing daemons, and the rows of both databases, as they were before the first fault.

import { LabError } from './errors.ts'
import { NODE_STATE, WIRING } from './node-state.ts'
import { askNbRows, NB_SILENT, nbRowsIn } from './ovn/nb-rows.ts'
import { PATCHBAY } from './patchbay/node.ts'
import { controlPlaneQuiet, lastChange } from './ready/quiet.ts'
import { nodes } from './topology/nodes.ts'
import type { Lab } from './types.ts'
import { type Condition, ready, waitFor } from './until.ts'

/** Lines of state, each `place: fact`, without what differs between two looks at the same thing. */
export type Snapshot = ReadonlySet<string>

/** Addresses of the host itself come and go with its devices. */
const lasting = (line: string): boolean => !line.includes(' table local ')

/** Indexes and identifiers that change when a thing is made anew, though it is the same. */
const strip = (line: string): string =>
  line
    .replace(/^\d+: /, '') // interface index
    .replace(/@\w+(?=: <)/, '') // its peer's index, or what bears that index here, though the peer is elsewhere
    .replace(' state UNKNOWN ', ' state UP ') // a TAP says either, by who opened it last
    .replace(/ (nhid|link-netnsid|handle|id|pref|tag|jited|fh) \S+/g, '')
    .replace(/ brd \S+| link\/ether \S+/g, '')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replace(/\s+/g, ' ')
    .trim()

/**
 * One node after the other, and whenever nobody else wants the processor: hundreds of processes at
 * once make BFD sessions time out, just before a fault that is to meet them all up.
 */
async function look(lab: Lab): Promise<Snapshot> {
  const facts = new Set<string>()
  const read = async (place: string, command: string, linesIn = (out: string) => out.split('\n')) => {
    const { out } = await lab.try(place, `( renice -n 19 $BASHPID >/dev/null; ${command}; ) 2>/dev/null`)
    const counted = new Map<string, number>()
    const lines = linesIn(out).filter(lasting).map(strip)
    for (const line of lines.filter((text) => text && text !== '}')) counted.set(line, (counted.get(line) ?? 0) + 1)
    for (const [line, count] of counted) facts.add(`${place}: ${line}${count > 1 ? ` (${count} times)` : ''}`)
  }
  const { topology, southbound } = lab
  await read(PATCHBAY, WIRING)
  for (const rules of await lab.wires.rules.written()) facts.add(`${PATCHBAY}: rules on the wire: ${rules}`)
  for (const { name } of nodes(topology)) {
    if (lab.alive(name)) await read(name, NODE_STATE)
    else facts.add(`${name}: not running`)
  }
  await read(topology.central.name, askNbRows, nbRowsIn)
  const chassis = new Map(southbound.rows('Chassis').map((row) => [row._uuid, String(row.name)]))
  for (const row of southbound.rows('Port_Binding'))
    facts.add(`SB: ${row.logical_port} bound to ${chassis.get(row.chassis) ?? 'no chassis'}, ${row.up ? 'up' : 'down'}`)
  const ports = new Map(southbound.rows('Port_Binding').map((row) => [row._uuid, String(row.logical_port)]))
  for (const row of southbound.rows('Service_Monitor')) facts.add(`SB: ${row.logical_port} is ${row.status}`)
  for (const row of southbound.rows('Learned_Route'))
    facts.add(`SB: learned ${row.ip_prefix} via ${row.nexthop} on ${ports.get(row.logical_port) ?? row.logical_port}`)
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

const nothingLeft = (before: Snapshot, than: string): Condition<Lab> => ({
  name: `everything to be as ${than}`,
  look: async (lab) => {
    const left = difference(before, await look(lab))
    return {
      holds: left.length === 0,
      saw: left.length === 0 ? `${before.size} facts as before` : left.slice(0, 20).join('; '),
    }
  },
})

/** What is still different from before, given a moment to settle; nothing if all is as it was, and that is known. */
export async function residue(
  lab: Lab,
  before: Snapshot,
  than = 'before the first fault',
): Promise<string | undefined> {
  const unknown = [...before].find((fact) => fact.endsWith(NB_SILENT))
  if (unknown) return `${unknown}, so that nobody knows how it was ${than}`
  const { holds, saw } = await waitFor(lab, nothingLeft(before, than), { within: '10s', every: '500ms' })
  return holds ? undefined : saw
}
