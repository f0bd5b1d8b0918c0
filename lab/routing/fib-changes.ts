// By which device a node's kernel sends to a prefix, as its watch heard it change.

import type { History } from '../history.ts'
import { ofKind } from '../history.ts'

export type FibChange = {
  readonly atNs: number
  /** The device that packets leave by from then on; none: the route went. */
  readonly over?: string
}

/** What `ip monitor` says of a route that some protocol set. */
const ROUTE = /^(Deleted )?(default|[\d.]+(?:\/\d+)?) .*?\bdev (\S+) .*?\bproto (?:bgp|ospf)\b/

const whole = (destination: string): string =>
  destination === 'default' ? '0.0.0.0/0' : destination.includes('/') ? destination : `${destination}/32`

/** Every change of a node's route to a prefix, in order, by the kernel's own stamps. */
export const fibChanges = (history: Pick<History, 'events'>, node: string, prefix: string): readonly FibChange[] =>
  ofKind(history, 'line').flatMap(({ node: at, stream, line, atNs }): FibChange[] => {
    if (at !== node || stream !== 'kernel') return []
    const [, deleted, destination = '', device = ''] = ROUTE.exec(line) ?? []
    if (!destination || whole(destination) !== prefix) return []
    return [{ atNs, ...(deleted === undefined && { over: device }) }]
  })
