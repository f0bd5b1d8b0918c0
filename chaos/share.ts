// Shares as people write them, and what they are shares of.

import { ScenarioError } from '../lab/errors.ts'
import type { Match } from '../lab/patchbay/rule.ts'

/** A share of packets, '10%'. */
export type Percent = `${number}%`

/** 0 to 1 of a percentage. Throws ScenarioError for one that is none, nothing, or more than all. */
export function shareOf(percent: Percent): number {
  const share = Number(/^(\d+(?:\.\d+)?)%$/.exec(percent)?.[1]) / 100
  if (share > 0 && share <= 1) return share
  throw new ScenarioError(`no percentage: '${percent}'; write more than 0% and at most 100%, as in '10%'`)
}

/** Packets of a protocol, and of a port at either end: 'udp/3784', 'tcp/179', 'icmp'. */
export type Packets = 'icmp' | 'tcp' | 'udp' | `${'tcp' | 'udp'}/${number}`

/** As IANA numbers them in the IPv4 header. */
const PROTOCOLS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17 }

/** Throws ScenarioError for what names no packets. */
export function matchOf(packets: Packets): Match {
  const [, name = '', digits] = /^(icmp|tcp|udp)(?:\/(\d+))?$/.exec(packets) ?? []
  const protocol = PROTOCOLS[name]
  const port = digits === undefined ? undefined : Number(digits)
  const noPort = port !== undefined && (name === 'icmp' || port < 1 || port > 65_535)
  if (protocol === undefined || noPort)
    throw new ScenarioError(`no packets: '${packets}'; write icmp, tcp or udp, or a port as in udp/3784`)
  return { kinds: [{ protocol, ...(port !== undefined && { ports: [port, port] }) }] }
}
