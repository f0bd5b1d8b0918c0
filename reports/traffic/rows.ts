// What each flow of real traffic came to, by phase of the run, and whose it was.

import type { Event } from '../../lab/events.ts'
import { ofKind } from '../../lab/history.ts'
import { phases } from '../../lab/loss/phase.ts'
import { faultWindows } from '../../lab/loss/strike.ts'
import type { TrafficEvent } from '../../lab/traffic/events.ts'
import { type TrafficRecord, totals } from '../../lab/traffic/record.ts'
import { newcomers } from '../../lab/traffic/sessions.ts'

export type TrafficRow = {
  /** 'during death of nat-gw-a-1'; 'before', which is all of a run without faults. */
  readonly phase: string
  readonly of: TrafficRecord
  /** Of sessions: for how long at a stretch new ones failed at most, ns; null: to the end. */
  readonly newFailedNs?: number | null
}

export type TrafficFlow = {
  readonly about: Omit<TrafficEvent, 'kind' | 'phase'>
  readonly whole: TrafficRecord
  readonly rows: readonly TrafficRow[]
}

const EVER = { fromNs: Number.NEGATIVE_INFINITY, toNs: Number.POSITIVE_INFINITY }
const told = ({ requests, transfer, sessions }: TrafficRecord): boolean =>
  requests.length > 0 || transfer !== undefined || sessions !== undefined

/** Every flow, in the order of starting; phases of which it told nothing are left out. */
export function trafficFlows(events: readonly Event[]): TrafficFlow[] {
  const history = { events }
  const started = new Map(
    ofKind(history, 'traffic')
      .filter(({ phase }) => phase === 'started')
      .map((event) => [event.flow, event]),
  )
  const stretches = phases(faultWindows(events))
  return [...started.values()].map((event) => {
    const { kind: _, phase: __, atNs: ___, source: ____, ...about } = event
    const rows = stretches.flatMap(({ name, fromNs, toNs, begins, ends }): TrafficRow[] => {
      const takes = { takesFirst: !begins?.heals, takesLast: ends?.heals ?? ends === undefined }
      const of = totals(history, event.flow, { fromNs, toNs, ...takes })
      if (!told(of)) return []
      const { tried, highNs } = newcomers(history, event.flow, { fromNs, toNs })
      return [{ phase: name, of, ...(tried > 0 && { newFailedNs: Number.isFinite(highNs) ? highNs : null }) }]
    })
    return { about, whole: totals(history, event.flow, EVER), rows }
  })
}
