// One append-only list per run, on one clock, written to disk as it grows.

import { appendFileSync } from 'node:fs'
import type { Event, EventBody } from './events.ts'
import type { Plan } from './plan/plan.ts'

export type History = {
  /** Unix time of the epoch, ns, as a decimal string: too large for a number. */
  readonly epoch: string
  readonly events: readonly Event[]
  /** Appends one event; without `atNs` it happens now. Returns it. */
  readonly record: (source: string, body: EventBody, atNs?: number | undefined) => Event
  /** Now, ns since the epoch. */
  readonly now: () => number
  /** ns since the epoch of a Unix time in ns. */
  readonly at: (unixNs: bigint) => number
  /** Registers what writes down evidence that is still being gathered; the returned function ends that. */
  readonly onSettle: (write: () => void) => () => void
  /** Has all evidence gathered so far written down, so that it can be judged now. */
  readonly settle: () => void
  /** Calls back on every event from now on; the returned function ends that. */
  readonly watch: (listener: (event: Event) => void) => () => void
  /** Of a lab that is only planned: verbs note there what they would do, and do nothing. */
  readonly plan?: Plan
}

const READINGS = 5

/**
 * Unix time in ns, steady between two calls: CLOCK_MONOTONIC carried forward from the wall clock as it
 * stands now. Both run at one rate, so that they part only where the wall clock is set, which the watch
 * in the patchbay tells. Of several readings the one with the least around it counts.
 */
function newWall(): () => bigint {
  const readings = Array.from({ length: READINGS }, () => {
    const before = process.hrtime.bigint()
    const unix = Temporal.Now.instant().epochNanoseconds
    const tookNs = process.hrtime.bigint() - before
    return { tookNs, offset: unix - before - tookNs / 2n }
  })
  const { offset } = readings.reduce((best, each) => (each.tookNs < best.tookNs ? each : best))
  return () => process.hrtime.bigint() + offset
}

/**
 * A new history. With `file`, each event is also appended there as a JSON line, at once, so that
 * what was seen survives a crash; the first line is the epoch.
 */
export function newHistory(file?: string): History {
  const wall = newWall()
  const epoch = wall()
  const events: Event[] = []
  const suppliers = new Set<() => void>()
  const listeners = new Set<(event: Event) => void>()
  const at = (unixNs: bigint) => Number(unixNs - epoch)
  const write = (value: unknown) => file && appendFileSync(file, `${JSON.stringify(value)}\n`)
  write({ epoch: String(epoch) })
  return {
    epoch: String(epoch),
    events,
    now: () => at(wall()),
    at,
    record: (source, body, atNs = at(wall())) => {
      const event: Event = { atNs, source, ...body }
      events.push(event)
      write(event)
      for (const listener of listeners) listener(event)
      return event
    },
    onSettle: (supply) => {
      suppliers.add(supply)
      return () => suppliers.delete(supply)
    },
    settle: () => {
      for (const supply of suppliers) supply()
    },
    watch: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The events of one kind, in the order they were recorded. */
export const ofKind = <K extends Event['kind']>(history: Pick<History, 'events'>, kind: K) =>
  history.events.filter((event): event is Extract<Event, { kind: K }> => event.kind === kind)
