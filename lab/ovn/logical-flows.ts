// northd's logical flows as they change. There are thousands, and no copy of them is kept: what tells is
// when they changed, in which datapath and stage.

import { type FlowChange, flowCount } from '../watch/flow-table.ts'

export const LOGICAL_FLOW = 'Logical_Flow'

/** What is asked of the SB (RFC 7047 §4.1.5): changes only, and of each no more than where it is. */
export const LOGICAL_FLOW_REQUEST = {
  columns: ['logical_datapath', 'external_ids'],
  select: { initial: false, insert: true, delete: true, modify: true },
} as const

type Cell = readonly [string, unknown] | undefined
type Change = { readonly old?: Readonly<Record<string, unknown>>; readonly new?: Readonly<Record<string, unknown>> }

/** 'lr_in_ip_routing', where northd says so. */
function stageOf(row: Change['new']): string {
  const [, pairs] = (row?.external_ids as Cell) ?? []
  return (pairs as readonly [string, string][] | undefined)?.find(([key]) => key === 'stage-name')?.[1] ?? '?'
}

/** The changes of one update. Rules that several datapaths share are of the datapath ''. */
export function logicalFlowChanges(
  changes: Readonly<Record<string, Change>>,
  nameOf: (datapath: string) => string,
): readonly FlowChange[] {
  const count = flowCount()
  for (const change of Object.values(changes)) {
    const row = change.new ?? change.old
    const [kind, uuid] = (row?.logical_datapath as Cell) ?? []
    const what = change.new ? (change.old ? 'modified' : 'added') : 'deleted'
    count.add(kind === 'uuid' ? nameOf(String(uuid)) : '', stageOf(row), what)
  }
  return count.changes()
}
