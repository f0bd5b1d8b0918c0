// Each event as one line of text, the same in the terminal, in Allure and on our own pages.

import type { AttemptEvent, Event, FaultEvent, FlowRecord, OvnEvent, VerdictEvent, Waited } from '../lab/events.ts'
import { human } from '../lab/time.ts'
import { machineText } from '../lab/timekeeping.ts'
import type { FlowTableEvent } from '../lab/watch/flow-table.ts'
import { describeTraffic } from './traffic/words.ts'

/** '+12.345s' */
export const stamp = (ns: number, digits = 3): string => `${ns < 0 ? '−' : '+'}${(Math.abs(ns) / 1e9).toFixed(digits)}s`

/** A length or an instant: the truth lies within `ns` ± `boundNs`. */
export type Span = {
  readonly ns: number
  readonly boundNs: number
  /** No beginning or no end was seen: at least `ns`. */
  readonly open: boolean
  /** The most that it may have been, where the sender's stalls may hide more than the bound says. */
  readonly highNs?: number
}

/** '351.2ms ± 1.0ms', '351.2ms ± 1.0ms, up to 417ms', or '≥ 351.2ms' where no end was seen. */
export function span({ ns, boundNs, open, highNs }: Span): string {
  if (open) return `≥ ${human(ns)}`
  return `${human(ns)} ± ${human(boundNs)}${highNs === undefined ? '' : `, up to ${human(highNs)}`}`
}

/** '+351.2ms ± 1.0ms' */
export const since = (value: Span): string => `${value.ns < 0 ? '' : '+'}${span(value)}`

const fault = ({ fault, phase, proof, targets }: FaultEvent): string => {
  if (phase === 'effective') return `${fault} is effective${proof ? `: ${proof}` : ''}`
  if (phase === 'gone') return `${fault} is over${proof ? `: ${proof}` : ''}`
  if (phase === 'changed') return `${fault} changed${proof ? ` to ${proof}` : ''}`
  return phase === 'planned' ? `${fault} planned, on ${targets.join(', ')}` : `${fault} ${phase}`
}

const waited = ({ condition, held, saw, tookNs }: Waited): string =>
  held ? `${condition} after ${human(tookNs)}` : `waited ${human(tookNs)} for ${condition}; last saw ${saw}`

const record = ({ flow, direction, inNs, outNs, duplicates }: FlowRecord): string => {
  const lost = outNs.filter((ns) => ns === null).length
  return `${flow}, ${direction}: ${inNs.length} probes, ${lost} lost, ${duplicates} duplicates`
}

/** What a daemon or the kernel put before its line; the event has its own time. */
const OWN_STAMP = /^\[?\d{4}[-/]\d\d[-/]\d\d[T ][\d:.]+\]?\s*/

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** A value as OVSDB writes it (RFC 7047, section 5.1), in plain text. */
function plain(value: unknown): string {
  if (Array.isArray(value)) {
    const [type, content] = value as [unknown, unknown]
    if (type === 'uuid' || type === 'named-uuid') return String(content).slice(0, 8)
    if (type === 'set' && Array.isArray(content)) return `[${content.map(plain).join(', ')}]`
    if (type === 'map' && Array.isArray(content))
      return `{${content.map((pair) => (Array.isArray(pair) ? pair.map(plain).join('=') : plain(pair))).join(', ')}}`
    return `[${value.map(plain).join(', ')}]`
  }
  if (value === null || typeof value !== 'object') return String(value)
  return `{${Object.entries(value)
    .map(([key, each]) => `${key}=${plain(each)}`)
    .join(', ')}}`
}

const pairs = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')

const ovn = ({ table, action, row }: OvnEvent): string =>
  `${table} ${action}: ${Object.entries(row)
    .map(([key, value]) => `${key}=${plain(value)}`)
    .join(' ')}`

const rules = ({ layer, changes }: FlowTableEvent): string =>
  changes
    .map(({ datapath, tables, added, deleted, modified }) => {
      const counts = [`+${added}`, `−${deleted}`, ...(modified > 0 ? [`~${modified}`] : [])].join(' ')
      return `${datapath || 'no datapath'} ${counts} in ${tables.join(', ')}`
    })
    .join('; ')
    .replace(/^/, layer === 'logical' ? 'logical flows: ' : 'OpenFlow: ')

/** What was measured, without the words of the claim that it repeats. */
export function told({ claim, measured }: Pick<VerdictEvent, 'claim' | 'measured'>): string {
  const line = oneLine(measured)
  if (line.startsWith(claim)) return line.slice(claim.length).replace(/^[:,; ]+/, '')
  const colon = line.indexOf(': ')
  return colon > 0 && claim.startsWith(line.slice(0, colon)) ? line.slice(colon + 2) : line
}

const attempt = ({ from, to, protocol, port, outcome, saw }: AttemptEvent): string =>
  `${from} → ${to} ${protocol}${port === undefined ? '' : `/${port}`}: ${outcome}${saw ? ` (${saw})` : ''}`

/** One line, at most about 300 characters. */
export function describe(event: Event): string {
  const text = (() => {
    switch (event.kind) {
      case 'act':
        return event.tookNs === undefined ? event.text : `${event.text} (${human(event.tookNs)})`
      case 'waited':
        return waited(event)
      case 'fault':
        return fault(event)
      case 'flow':
        return `${event.flow} ${event.phase}${event.phase === 'started' ? ` at ${event.ratePps}/s` : ''}`
      case 'generator':
        return `${event.flow}, ${event.direction}: sent ${event.sent}, latest ${human(event.latestNs)} late, ${event.errors} errors`
      case 'flow-record':
        return record(event)
      case 'command':
        return `${event.node}# ${event.command}${event.exit === 0 ? '' : ` (exit ${event.exit})`}`
      case 'nb-change':
        return `${event.change} written to the NB (${human(event.bracket.toNs - event.bracket.fromNs)})`
      case 'ovn':
        return ovn(event)
      case 'line':
        return `${event.node} ${event.stream}: ${event.line.replace(OWN_STAMP, '')}`
      case 'attempt':
        return attempt(event)
      case 'parameters':
        return `${event.of ?? 'lab'}: ${pairs(event.values)}`
      case 'topology':
        return `topology ${event.topology.name}`
      case 'tunnel':
        return `${event.source} tunnel ${event.device} to ${event.remote}: BFD ${event.state}`
      case 'flow-table':
        return rules(event)
      case 'stall':
      case 'clock':
      case 'steal':
        return machineText(event)
      case 'verdict':
        return `${event.is}: ${event.claim}; ${told(event)}`
      default:
        return describeTraffic(event) ?? JSON.stringify(event)
    }
  })()
  const line = oneLine(text)
  return line.length > 300 ? `${line.slice(0, 299)}…` : line
}
