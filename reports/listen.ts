// What labs tell while they run. A lab publishes each event on a diagnostics channel
// (node:diagnostics_channel), so that it needs to know nothing of who listens.

import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Event } from '../lab/events.ts'

export type Told = {
  /** The folder of the run. */
  readonly evidence: string
  readonly event: Event
}

const CHANNEL = 'ovn-gameday:event'

/** Calls back on every event of every lab in this process; the returned function ends that. */
export function listen(hear: (told: Told) => void): () => void {
  const heard = (message: unknown) => hear(message as Told)
  subscribe(CHANNEL, heard)
  return () => void unsubscribe(CHANNEL, heard)
}
