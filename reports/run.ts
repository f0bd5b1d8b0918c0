// A run's folder on disk, read back: reports/out/<scenario>/<time>/.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { Event } from '../lab/events.ts'
import type { Topology } from '../lab/topology/types.ts'
import { withNames } from './names.ts'

export type Run = {
  /** 'nat-failover' */
  readonly scenario: string
  /** When the history began, Unix ms. */
  readonly epochMs: number
  readonly events: readonly Event[]
  readonly topology?: Topology
  /** By package, '25.03.0'. */
  readonly versions: Readonly<Record<string, string>>
  /** Files of the run, relative to its folder, 'evidence/sb.dump'. */
  readonly files: readonly string[]
}

const head = z.object({ epoch: z.string().regex(/^\d+$/) })
// What the lab wrote is taken at its word beyond this: the history of an older version still draws.
const line = z.looseObject({ atNs: z.number(), source: z.string(), kind: z.string() })

const json = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The epoch and events of a history.jsonl. A line that was cut off by a crash is left out. */
export function parseHistory(text: string): { epochMs: number; events: Event[] } {
  const [first = '', ...rest] = text.split('\n')
  const parsed = head.safeParse(json(first))
  const events = rest.flatMap((each) => {
    const { data } = line.safeParse(json(each))
    return data ? [data as unknown as Event] : []
  })
  return { epochMs: parsed.success ? Number(BigInt(parsed.data.epoch) / 1_000_000n) : 0, events }
}

function filesBelow(folder: string, inside = ''): string[] {
  return readdirSync(join(folder, inside), { withFileTypes: true }).flatMap((entry) => {
    const path = join(inside, entry.name)
    return entry.isDirectory() ? filesBelow(folder, path) : [path]
  })
}

export function readRun(folder: string): Run {
  const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '')
  const { epochMs, events } = parseHistory(read('history.jsonl'))
  const topology = json(read('topology.json')) as Topology | undefined
  return {
    scenario: basename(dirname(folder)),
    epochMs,
    events: withNames(events),
    ...(topology && { topology }),
    versions: (json(read('versions.json')) ?? {}) as Record<string, string>,
    files: filesBelow(folder).sort(),
  }
}
