// What `ip monitor` tells of links and routes, as signals.

import type { LineEvent } from '../events.ts'
import type { Places } from './places.ts'
import { READ_LATE_NS, type Signal, US } from './signal.ts'

type Line = LineEvent & { readonly atNs: number }

const LINK = /^\d+: ([^@:\s]+)\S* <([^>]*)>/
const ROUTE = /^(Deleted )?(default|[\d.]+(?:\/\d+)?) .*\bproto (?:bgp|ospf)\b/
const VIA = /\bvia ([\d.]+)/

const cidr = (destination: string): string =>
  destination === 'default' ? '0.0.0.0/0' : destination.includes('/') ? destination : `${destination}/32`

function link(node: string, device: string, flags: readonly string[], places: Places) {
  const state = flags.includes('LOWER_UP') ? 'up' : 'lost'
  const peer = places.across(node, device)
  const vpc = places.vpcOf(node) ?? places.vpcOf(peer)
  const gone = state === 'lost' && ({ gone: true } as const)
  return {
    step: 'link',
    ...(peer && { peer }),
    ...(vpc && { vpc }),
    ...gone,
    text: `carrier of ${device} ${state}`,
  } as const
}

function route(node: string, line: string, destination: string, deleted: boolean, places: Places) {
  const prefix = cidr(destination)
  const address = VIA.exec(line)?.[1]
  const hop = address && places.at(address)
  const vpc = places.vpcOf(prefix) ?? places.vpcOf(hop) ?? places.vpcOf(node)
  const text = deleted ? `no kernel route to ${prefix}` : `kernel route to ${prefix}${hop ? ` via ${hop}` : ''}`
  return { step: 'route', prefix, ...(vpc && { vpc }), ...(deleted && ({ gone: true } as const)), text } as const
}

/** A line of `ip -ts -o monitor link route`; nothing for routes that nobody learned. */
export function kernelSignal({ line, node, atNs }: Line, places: Places): Signal | undefined {
  const common = { node, by: 'kernel', atNs, resolutionNs: US, lateNs: READ_LATE_NS }
  const [, device, flags = ''] = LINK.exec(line) ?? []
  if (device) return { ...common, ...link(node, device, flags.split(','), places) }
  const [, deleted, destination] = ROUTE.exec(line) ?? []
  return destination ? { ...common, ...route(node, line, destination, deleted !== undefined, places) } : undefined
}
