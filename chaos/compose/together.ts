import { LabError, reason } from '../../lab/errors.ts'
import type { Bracket } from '../../lab/events.ts'
import type { Lab } from '../../lab/types.ts'
import type { Condition } from '../../lab/until.ts'
import type { Applied, Fault } from '../fault.ts'
import { reach } from '../guard.ts'

/** Holds when all hold; tells of the first that does not, else of all. */
export function all(conditions: readonly Condition<Lab>[]): Condition<Lab> {
  return {
    name: conditions.map(({ name }) => name).join(' and ') || 'nothing',
    look: async (lab) => {
      const looks = await Promise.all(conditions.map(({ look }) => look(lab)))
      const missing = looks.find(({ holds }) => !holds)
      return missing ?? { holds: true, saw: looks.map(({ saw }) => saw).join(', ') || 'nothing' }
    },
  }
}

/** From the beginning of the first to the end of the last. */
export const around = (brackets: readonly Bracket[]): Bracket => ({
  fromNs: Math.min(...brackets.map(({ fromNs }) => fromNs)),
  toNs: Math.max(...brackets.map(({ toNs }) => toNs)),
})

/** Heals in reverse, every one of them, also after one that fails; rejects with all that failed. */
export async function healAll(applied: readonly Pick<Applied, 'heal'>[]): Promise<Bracket[]> {
  const brackets: Bracket[] = []
  const failed: unknown[] = []
  for (const { heal } of applied.toReversed())
    await heal().then(
      (bracket) => brackets.push(bracket),
      (error) => failed.push(error),
    )
  if (failed.length > 0) throw new LabError(failed.map(reason).join('; '), { cause: failed[0] })
  return brackets
}

/** Of several faults, when each of them ends by itself: one after another. */
export const endsOf = (faults: readonly Fault[]): Pick<Fault, 'ends'> => {
  const ends = faults.flatMap((fault) => fault.ends ?? [])
  return ends.length > 0 && ends.length === faults.length ? { ends: ends.join(', ') } : {}
}

/**
 * Faults in force at the same time: applied in order, one right after the other, healed in reverse.
 * All or none: where one does not apply, those before it are healed. Of no faults, it is nothing.
 */
export const together = (...faults: readonly Fault[]): Fault => ({
  name: faults.map(({ name }) => name).join(' and ') || 'nothing',
  ...endsOf(faults),
  targets: [...new Set(faults.flatMap(({ targets }) => targets))],
  reach: (topology) => [...new Set(faults.flatMap((fault) => reach(fault, topology)))],
  check: (lab) => {
    for (const { check } of faults) check(lab)
  },
  apply: async (lab) => {
    const applied: Applied[] = []
    try {
      for (const fault of faults) applied.push(await fault.apply(lab))
    } catch (error) {
      await healAll(applied)
      throw error
    }
    const instant = () => ({ fromNs: lab.history.now(), toNs: lab.history.now() })
    const overs = applied.flatMap(({ over }) => over ?? [])
    return {
      bracket: applied.length > 0 ? around(applied.map(({ bracket }) => bracket)) : instant(),
      effective: all(applied.map(({ effective }) => effective)),
      heal: async () => (applied.length > 0 ? around(await healAll(applied)) : instant()),
      restored: all(applied.map(({ restored }) => restored)),
      // It is over once all of them are; with one among them that does not end, never.
      ...(overs.length > 0 && overs.length === applied.length && { over: Promise.all(overs).then(around) }),
    }
  },
})

/** The fault that breaks nothing. */
export const nothing: Fault = together()
