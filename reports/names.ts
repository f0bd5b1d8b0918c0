// The SB names its rows by UUID; people do not.

import type { Event, OvnEvent } from '../lab/events.ts'
import { ofKind } from '../lab/history.ts'

/** What a row of these tables is called. */
function nameOf({ table, row }: OvnEvent): unknown {
  const ids = row.external_ids as { name?: unknown } | undefined
  if (table === 'Chassis') return row.name
  if (table === 'Port_Binding') return row.logical_port
  return table === 'Datapath_Binding' ? ids?.name : undefined
}

const IDLE = ['_uuid', '_version', 'tunnel_key', 'external_ids']

/** The events with names for UUIDs, and without columns that say nothing about a run. */
export function withNames(events: readonly Event[]): Event[] {
  const names = new Map(ofKind({ events }, 'ovn').map((event) => [event.row._uuid, nameOf(event)]))
  return events.map((event) => {
    // By their keys OpenFlow rules are known to be of a router.
    if (event.kind !== 'ovn' || event.table === 'Datapath_Binding') return event
    const telling = Object.entries(event.row).filter(
      ([column, value]) => !IDLE.includes(column) && value !== null && value !== '',
    )
    return { ...event, row: Object.fromEntries(telling.map(([column, value]) => [column, names.get(value) ?? value])) }
  })
}
