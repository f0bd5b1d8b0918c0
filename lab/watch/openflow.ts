// What ovn-controller installs in a chassis, as ovs-vswitchd tells it: one message for each bundle of
// changes, on a monitor that costs nothing while nothing changes.

import { type FlowTableEvent, flowCount } from './flow-table.ts'

/**
 * Bash text that watches br-int once ovn-controller has filled it (it then writes ovn-nb-cfg), through
 * restarts of ovs-vswitchd. Without actions: those are long.
 */
export const OPENFLOW_WATCH = `while :; do ovs-vsctl wait-until bridge br-int 'external_ids:ovn-nb-cfg>=1' && ovs-ofctl --timestamp monitor br-int 'watch:!initial,!actions'; sleep 0.1; done`

/** Messages that follow each other within one tick of their stamps, which count milliseconds, are one burst. */
const TICK_NS = 1_000_000n

const EVENT = /^ ?event=(ADDED|DELETED|MODIFIED)\b.* table=(\d+)(.*)$/
const WHAT = { ADDED: 'added', DELETED: 'deleted', MODIFIED: 'modified' } as const

/** Its times are Unix times, ns: a reader may outlast the history that it tells. */
export type Burst = Pick<FlowTableEvent, 'changes'> & { readonly firstNs: bigint; readonly lastNs: bigint }

export type OpenflowReader = {
  /** Takes a line of the watch, its stamp taken off. */
  readonly read: (text: string, unixNs: bigint | undefined) => void
  /** Tells the burst that is open, if there is one. */
  readonly flush: () => void
  /** When the last message of the burst came that is open; none is. */
  readonly openNs: () => bigint | undefined
}

/** Reads the lines of that watch, and tells each burst once it is over, which the next one shows. */
export function openflowReader(tell: (burst: Burst) => void): OpenflowReader {
  let open: { readonly firstNs: bigint; lastNs: bigint; readonly count: ReturnType<typeof flowCount> } | undefined
  const flush = () => {
    const over = open
    open = undefined
    const changes = over?.count.changes() ?? []
    if (over && changes.length > 0) tell({ changes, firstNs: over.firstNs, lastNs: over.lastNs })
  }
  return {
    flush,
    openNs: () => open?.lastNs,
    read: (text, unixNs) => {
      if (unixNs !== undefined) {
        if (open && unixNs - open.lastNs > TICK_NS) flush()
        open ??= { firstNs: unixNs, lastNs: unixNs, count: flowCount() }
        open.lastNs = unixNs
        return
      }
      const [, event = '', table = '', rest = ''] = EVENT.exec(text) ?? []
      if (!open || !table) return
      const key = /\bmetadata=(0x[0-9a-f]+|\d+)/.exec(rest)?.[1]
      open.count.add(key === undefined ? '' : String(Number(key)), table, WHAT[event as keyof typeof WHAT])
    },
  }
}
