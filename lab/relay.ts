// A history for what outlasts a scenario: consoles, watchers and monitors tell it, and it tells whoever
// uses the lab now.

import { type History, newHistory } from './history.ts'

export type Relay = {
  readonly history: History
  /** From now on this one is told. */
  readonly tell: (history: History) => void
}

export function newRelay(): Relay {
  let now = newHistory()
  const listeners = new Set<Parameters<History['watch']>[0]>()
  const suppliers = new Set<Parameters<History['onSettle']>[0]>()
  const leave: (() => void)[] = []
  const join = () => {
    for (const each of leave.splice(0)) each()
    leave.push(
      now.watch((event) => {
        for (const listener of listeners) listener(event)
      }),
      now.onSettle(() => {
        for (const supply of suppliers) supply()
      }),
    )
  }
  join()
  return {
    tell: (history) => {
      now = history
      join()
    },
    history: {
      get epoch() {
        return now.epoch
      },
      get events() {
        return now.events
      },
      now: () => now.now(),
      at: (unixNs) => now.at(unixNs),
      // What happened before its history began is none of a scenario's.
      record: (source, body, atNs) =>
        atNs !== undefined && atNs < 0 ? { atNs, source, ...body } : now.record(source, body, atNs),
      onSettle: (supply) => {
        suppliers.add(supply)
        return () => suppliers.delete(supply)
      },
      settle: () => now.settle(),
      watch: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
  }
}
