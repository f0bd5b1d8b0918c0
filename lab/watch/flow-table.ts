// Rules that changed, as bursts: hundreds may change at once, and what tells is when, how many and where.

/** Rules of one logical datapath that changed. */
export type FlowChange = {
  /** Its name, 'lr-vpc-a', where the SB tells; in OpenFlow its tunnel key, '1001', or '' for rules of none. */
  readonly datapath: string
  /** Logical stages, 'lr_in_ip_routing', or OpenFlow tables, '23'. */
  readonly tables: readonly string[]
  readonly added: number
  readonly deleted: number
  readonly modified: number
}

/** Rules that changed in one go: northd's logical flows, told by the SB, or the OpenFlow rules of a chassis, told by it. */
export type FlowTableEvent = {
  readonly kind: 'flow-table'
  readonly layer: 'logical' | 'openflow'
  /** When the last of them changed, where that was later than the first, ns since the history's epoch. */
  readonly lastNs?: number
  readonly changes: readonly FlowChange[]
}

type What = 'added' | 'deleted' | 'modified'

/** Counts changes by datapath. */
export function flowCount() {
  const byDatapath = new Map<string, { tables: Set<string> } & Record<What, number>>()
  return {
    add: (datapath: string, table: string, what: What) => {
      const count = byDatapath.get(datapath) ?? { tables: new Set(), added: 0, deleted: 0, modified: 0 }
      byDatapath.set(datapath, count)
      count.tables.add(table)
      count[what]++
    },
    changes: (): readonly FlowChange[] =>
      [...byDatapath].map(([datapath, { tables, ...counts }]) => ({ datapath, tables: [...tables], ...counts })),
  }
}
