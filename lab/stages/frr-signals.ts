// What FRR's daemons log, as signals.

import type { LineEvent } from '../events.ts'
import type { Places } from './places.ts'
import { type Signal, US } from './signal.ts'

type Line = LineEvent & { readonly atNs: number }
type Told = Pick<Signal, 'step' | 'by' | 'text'> & Partial<Pick<Signal, 'peer' | 'prefix' | 'vpc'>>

const BFD = /state-change: \[.*?peer:(\S+) .*?\] \S+ -> (up|down)\b(?: reason:(\S+))?/
const SESSION = /%ADJCHANGE: neighbor ([\d.]+)\S* .*?\b(Up|Down)\b ?(.*)$/
const ADJACENCY = /AdjChg: Nbr .*?NbrIP ([\d.]+) .*?: (\S+) -> (\S+) \((\w+)\)/
const SPF = /SPF Processing Time\(usecs\): \d+/
const BEST = /(\S+)\(VRF \S+\): After path selection, newbest is (?:path )?(.+?) oldbest was (?:path )?(.+?)\s*$/
const RECEIVED = /([\d.]+)\(\S*\) rcvd (?:UPDATE about )?([\d.]+\/\d+) IPv4 unicast(.*)$/
const SENT = /send UPDATE ([\d.]+\/\d+)(.*)$/

const isAddress = (text: string) => /^[\d.]+$/.test(text)

type Reader = (line: string, node: string, places: Places) => Told | undefined

/** Sessions between a gateway and somebody are of the gateway's VPC. */
const vpcBetween = (node: string, peer: string, { vpcOf }: Places) => {
  const vpc = vpcOf(peer) ?? vpcOf(node)
  return vpc === undefined ? {} : { vpc }
}

const readers: readonly Reader[] = [
  (line, node, places) => {
    const [, address, state, reason] = BFD.exec(line) ?? []
    if (!address) return undefined
    const peer = places.at(address)
    const because = reason ? `, ${reason.replaceAll('-', ' ')}` : ''
    return {
      step: 'bfd',
      by: 'bfdd',
      peer,
      ...vpcBetween(node, peer, places),
      text: `BFD with ${peer} ${state}${because}`,
    }
  },
  (line, node, places) => {
    const [, address, state = '', reason = ''] = SESSION.exec(line) ?? []
    if (!address) return undefined
    const peer = places.at(address)
    const because = state === 'Down' && reason ? `, ${reason.trim()}` : ''
    const text = `BGP session with ${peer} ${state.toLowerCase()}${because}`
    return { step: 'session', by: 'bgpd', peer, ...vpcBetween(node, peer, places), text }
  },
  (line, node, places) => {
    const [, address, from, to, event] = ADJACENCY.exec(line) ?? []
    if (!address || (from !== 'Full' && to !== 'Full')) return undefined
    const peer = places.at(address)
    const text = `OSPF adjacency with ${peer} ${to === 'Full' ? 'up' : `down, ${event}`}`
    return { step: 'session', by: 'ospfd', peer, ...vpcBetween(node, peer, places), text }
  },
  (line, node, places) => {
    if (!SPF.test(line)) return undefined
    const vpc = places.vpcOf(node)
    return { step: 'spf', by: 'ospfd', ...(vpc && { vpc }), text: 'shortest paths calculated' }
  },
  (line, node, places) => {
    const [, prefix, best = '', old = ''] = BEST.exec(line) ?? []
    if (!prefix || best === old) return undefined
    const paths = [best, old].filter(isAddress).map(places.at)
    const vpc = places.vpcOf(prefix) ?? paths.map(places.vpcOf).find((name) => name) ?? places.vpcOf(node)
    const now = best === 'NONE' ? 'none' : isAddress(best) ? places.at(best) : best
    return { step: 'best-path', by: 'bgpd', prefix, ...(vpc && { vpc }), text: `best path of ${prefix}: ${now}` }
  },
  (line, node, places) => {
    const [, address, prefix, rest = ''] = RECEIVED.exec(line) ?? []
    if (!address || !prefix || rest.includes('duplicate')) return undefined
    const peer = places.at(address)
    const what = rest.includes('withdrawn') ? 'withdrawal' : 'update'
    const vpc = vpcBetween(node, peer, places)
    return { step: 'update-received', by: 'bgpd', peer, prefix, ...vpc, text: `${what} of ${prefix} from ${peer}` }
  },
  (line, node, places) => {
    const [, prefix, rest = ''] = SENT.exec(line) ?? []
    if (!prefix) return undefined
    const what = rest.includes('unreachable') ? 'withdrawal' : 'update'
    const vpc = places.vpcOf(prefix) ?? places.vpcOf(node)
    return { step: 'update-sent', by: 'bgpd', prefix, ...(vpc && { vpc }), text: `${what} of ${prefix} sent` }
  },
  (line, node, places) => {
    if (!line.includes('Update delay ended')) return undefined
    const vpc = places.vpcOf(node)
    return { step: 'peers-heard', by: 'bgpd', ...(vpc && { vpc }), text: 'all BGP peers heard' }
  },
]

/** A line of FRR's log; nothing where it says nothing of the way to the first packet. */
export function frrSignal({ line, node, atNs }: Line, places: Places): Signal | undefined {
  for (const read of readers) {
    const told = read(line, node, places)
    if (told) return { ...told, node, atNs, resolutionNs: US, lateNs: 0 }
  }
  return undefined
}
