// One use of a lab: its history and its evidence, and what must be undone when it is over.

import { channel } from 'node:diagnostics_channel'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Armory, newArmory } from './armory.ts'
import { Aborted } from './errors.ts'
import { type Ground, openGround } from './ground.ts'
import { type History, newHistory } from './history.ts'
import { answerCalls } from './kill-switch.ts'
import { seedOf } from './random.ts'
import type { Topology } from './topology/types.ts'
import { newUndoStack, type UndoStack } from './undo.ts'

/** Where runs leave their evidence, below the project. */
export const OUT = join(import.meta.dirname, '..', 'reports', 'out')

/** What a user of a lab brings along, before there is a lab. */
export type Use = {
  readonly history: History
  /** Folder, absolute. */
  readonly evidence: string
  readonly undo: UndoStack
  /** Aborted when whoever asked for the lab is told to stop, or the run is. */
  readonly signal: AbortSignal
  /** Ends the run: every wait rejects with Aborted, and every fault heals at once. */
  readonly abort: (why: string) => void
  /** Of everything random in this run. */
  readonly seed: string
  /** Takes a step and tells the history how long it took. */
  readonly act: <T>(text: string, step: () => Promise<T>) => Promise<T>
}

export type Site = Ground &
  Use & {
    /** Where the lab outlives this process: what heals in it without us. */
    readonly armory?: Armory
  }

export type UseOptions = {
  /** Folder that is there, absolute. */
  readonly evidence: string
  readonly signal?: AbortSignal | undefined
}

const actIn =
  (history: History): Use['act'] =>
  async (text, step) => {
    const from = history.now()
    const value = await step()
    history.record('lab', { kind: 'act', text, tookNs: history.now() - from })
    return value
  }

/** Begins a use: its history tells the topology and the seed first. */
export function openUse(topology: Topology, { evidence, signal }: UseOptions): Use {
  const seed = seedOf()
  const history = newHistory(join(evidence, 'history.jsonl'))
  const events = channel('ovn-gameday:event')
  history.watch((event) => events.publish({ evidence, event }))
  writeFileSync(join(evidence, 'topology.json'), JSON.stringify(topology, null, 2))
  history.record('lab', { kind: 'topology', topology })
  history.record('lab', { kind: 'act', text: `seed ${seed}` })
  const stop = new AbortController()
  return {
    history,
    evidence,
    undo: newUndoStack(),
    signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
    abort: (why) => {
      if (stop.signal.aborted) return
      history.record('lab', { kind: 'act', text: `aborted: ${why}` })
      stop.abort(new Aborted(`aborted: ${why}`))
    },
    seed,
    act: actIn(history),
  }
}

/** What is going to be broken in a lab that outlives this process, and for how long at most. */
export type Breaking = { readonly name: string; readonly longestNs: number }

/** From now on what the lab tells is told to this use of it. */
export function newSite(ground: Ground, use: Use, breaking?: Breaking): Site {
  const { fleet, relay } = ground
  const { history, abort } = use
  relay.tell(history)
  answerCalls({ history, fleet, abort })
  const at = (node: string) => fleet.of(node).console
  return { ...ground, ...use, ...(breaking && { armory: newArmory({ ...breaking, history, at }) }) }
}

/** A new place for a lab, and one use of it. Starts nothing. */
export async function openSite(
  topology: Topology,
  { name, breaking, ...options }: UseOptions & { readonly name: string; readonly breaking?: Breaking },
): Promise<Site> {
  const use = openUse(topology, options)
  return newSite(await openGround(topology, name, use.history), use, breaking)
}

/** The same place for what is brought up there and outlasts this use: what it tells goes to the next one, too. */
export const lastingSite = (site: Site): Site => ({
  ...site,
  history: site.relay.history,
  undo: site.lasting,
  act: actIn(site.relay.history),
})

/** Undoes a use, and then the lab's own; returns what failed, as text. */
export const unwindAll = async ({ undo, lasting }: Site): Promise<readonly string[]> => [
  ...(await undo.unwind()),
  ...(await lasting.unwind()),
]
