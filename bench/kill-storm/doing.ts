// What a lab was doing when its run was killed: the last thing its history tells.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Event } from '../../lab/events.ts'
import { human } from '../../lab/time.ts'

const OUT = join(import.meta.dirname, '..', '..', 'reports', 'out')

const told = (event: Event): string | undefined => {
  if (event.kind === 'act') return event.text
  if (event.kind === 'waited') return event.condition
  if (event.kind === 'fault') return `${event.fault} ${event.phase}`
  if (event.kind === 'flow') return `${event.flow} ${event.phase}`
  if (event.kind === 'verdict') return event.claim
  return undefined
}

/** '+2.85s chassis booted', from the lines of a history; a line that was cut off by the kill is left out. */
export function lastTold(lines: readonly string[]): string | undefined {
  for (const line of lines.toReversed()) {
    let event: Event | undefined
    try {
      event = JSON.parse(line) as Event
    } catch {
      continue
    }
    const text = told(event)
    if (text) return `+${human(event.atNs)} ${text}`
  }
  return undefined
}

/** Folder of the evidence that a run of this scenario began at or after this time; none when another run began then too. */
export function evidenceSince(scenario: string, startedAt: number): string | undefined {
  const folder = join(OUT, scenario)
  if (!existsSync(folder)) return undefined
  const since = new Date(startedAt).toISOString().replaceAll(':', '-').replace('Z', '')
  const begun = readdirSync(folder).filter((name) => /^\d{4}-/.test(name) && name >= since)
  return begun.length === 1 ? join(folder, begun[0] ?? '') : undefined
}

/** What the history says last, or else what the run printed last. */
export function doing(scenario: string, startedAt: number, printed: string): string {
  const history = join(evidenceSince(scenario, startedAt) ?? '', 'history.jsonl')
  const last = existsSync(history) ? lastTold(readFileSync(history, 'utf8').split('\n')) : undefined
  return last ?? (printed || 'npm starts')
}
