// What OVN's and OVS' daemons log, and what changes in the SB and in the chassis, as signals.

import type { LineEvent, OvnEvent } from '../events.ts'
import type { FlowTableEvent } from '../watch/flow-table.ts'
import type { TunnelEvent } from '../watch/tunnel.ts'
import type { Places } from './places.ts'
import { MS, READ_LATE_NS, SB_LATE_NS, type Signal, US } from './signal.ts'

type At = { readonly atNs: number; readonly source: string }

const TUNNEL = /^bfd\S*\|\w+\|(\S+): BFD state change: .* -> \(bfd\.SessionState: (up|down)\b/
const CLAIM = /^binding\|\w+\|(Claiming|Releasing|Changing chassis for) lport (\S+?)\.? /

/** A gateway port has a twin on its switch, that moves with it and tells nothing more. */
const isTwin = (port: string, { vpcOf }: Places) => port.startsWith('cr-') && vpcOf(port) === undefined

/** A line of ovs-vswitchd's or ovn-controller's log. */
export function ovsSignal({ line, node, atNs }: LineEvent & At, places: Places): Signal | undefined {
  const common = { node, atNs, resolutionNs: MS, lateNs: 0 }
  const [, device, state] = TUNNEL.exec(line) ?? []
  if (device) {
    const peer = places.tunnel(node, device)
    const text = `tunnel BFD with ${peer ?? device} ${state}`
    return { ...common, step: 'tunnel', by: 'ovs-vswitchd', ...(peer && { peer }), text }
  }
  const [, verb, port] = CLAIM.exec(line) ?? []
  if (!port || isTwin(port, places)) return undefined
  const vpc = places.vpcOf(port)
  const gone = verb === 'Releasing' && ({ gone: true } as const)
  const text = `${gone ? 'released' : 'claimed'} ${port}`
  return { ...common, step: 'claim', by: 'ovn-controller', port, ...(vpc && { vpc }), ...gone, text }
}

/** A tunnel's row in the database of its chassis. */
export function tunnelSignal({ remote, state, source, atNs }: TunnelEvent & At, places: Places): Signal | undefined {
  if (state !== 'up' && state !== 'down') return undefined
  const peer = places.at(remote)
  const text = `tunnel BFD with ${peer} ${state}, told to ovn-controller`
  return {
    step: 'tunnel-told',
    node: source,
    by: 'ovs-vswitchd',
    peer,
    atNs,
    resolutionNs: MS,
    lateNs: READ_LATE_NS,
    text,
  }
}

/** A row of the SB; `before`: the chassis that it named until then. */
export function rowSignal({ table, action, row, atNs }: OvnEvent & At, before: unknown, places: Places) {
  const common = { node: 'SB', atNs, resolutionNs: US, lateNs: SB_LATE_NS }
  if (action === 'initial' || action === 'old') return undefined
  if (table === 'Learned_Route') {
    const [vpc, hop] = [places.vpcOf(places.datapath(row.datapath)), places.at(String(row.nexthop))]
    const gone = action === 'delete' && ({ gone: true } as const)
    const text = `${gone ? 'forgot' : 'learned'} ${row.ip_prefix} via ${hop}`
    const prefix = String(row.ip_prefix)
    return {
      ...common,
      step: 'learned-route',
      by: 'ovn-controller',
      prefix,
      ...(vpc && { vpc }),
      ...gone,
      text,
    } as const
  }
  if (table === 'BFD' && (row.status === 'up' || row.status === 'down')) {
    const hop = places.at(String(row.dst_ip))
    const vpc = places.vpcOf(hop)
    const text = `BFD of OVN with ${hop} ${row.status}`
    return { ...common, step: 'bfd', by: 'ovn-controller', ...(vpc && { vpc }), text } as const
  }
  const chassis = places.chassis(row.chassis)
  if (table !== 'Port_Binding' || action === 'delete' || chassis === places.chassis(before)) return undefined
  const port = String(row.logical_port)
  if (isTwin(port, places)) return undefined
  const vpc = places.vpcOf(port)
  const text = chassis ? `${port} bound to ${chassis}` : `${port} bound to no chassis`
  const peer = chassis && { peer: chassis }
  return { ...common, step: 'binding', by: 'ovn-controller', port, ...peer, ...(vpc && { vpc }), text } as const
}

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`

/** One signal for each VPC whose rules changed. */
export function flowSignals({ layer, changes, source, atNs, lastNs }: FlowTableEvent & At, places: Places): Signal[] {
  const [step, by] =
    layer === 'logical' ? (['logical-flows', 'northd'] as const) : (['openflow', 'ovs-vswitchd'] as const)
  const node = layer === 'logical' ? 'SB' : source
  const named = changes.map((change) => ({ ...change, name: places.datapath(change.datapath) }))
  const vpcs = Map.groupBy(named, ({ name }) => places.vpcOf(name))
  return [...vpcs].flatMap(([vpc, its]): Signal[] => {
    if (vpc === undefined) return []
    const rules = its.reduce((sum, { added, deleted, modified }) => sum + Math.max(added, deleted) + modified, 0)
    const tables = [...new Set(its.flatMap((each) => each.tables))]
    const where = tables.length > 3 ? count(tables.length, 'table') : tables.join(', ')
    const names = its.map(({ name }) => name).join(', ')
    const text =
      layer === 'logical'
        ? `${count(rules, 'logical flow')} of ${names} in ${where}`
        : `${count(rules, 'OpenFlow rule')} of ${names} in ${tables.length > 3 ? where : `table ${where}`}`
    const known =
      layer === 'logical' ? { resolutionNs: US, lateNs: SB_LATE_NS } : { resolutionNs: MS, lateNs: READ_LATE_NS }
    return [{ step, node, by, vpc, atNs: lastNs ?? atNs, ...known, text }]
  })
}
