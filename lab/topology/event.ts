import type { History } from '../history.ts'
import { ofKind } from '../history.ts'
import type { Topology } from './types.ts'

/** What the lab of this history is made of, so that the history can be read without it. */
export type TopologyEvent = { readonly kind: 'topology'; readonly topology: Topology }

export const topologyIn = (history: Pick<History, 'events'>): Topology | undefined =>
  ofKind(history, 'topology').at(-1)?.topology
