// The stages of an outage in words: the same on the terminal, in Allure and on our own pages.

import type { Ended, Stage, Stages } from '../../lab/stages/stage.ts'
import { human } from '../../lab/time.ts'
import { stamp } from '../describe.ts'

/** '+298ms', '+5.519s': to the millisecond, also seconds after the fault. */
export const offset = (ns: number): string =>
  Math.abs(ns) < 1e9 ? `${ns < 0 ? '−' : '+'}${human(Math.abs(ns))}` : stamp(ns)

/** What the timers say of it: 'BFD 3 × 100 ms: 200ms to 300ms'. */
export function timerText({ timer }: Stage): string | undefined {
  if (!timer) return undefined
  const { name, lowNs, highNs } = timer
  return lowNs === highNs ? name : `${name}: ${human(lowNs)} to ${human(highNs)}`
}

/** Stages of one kind that follow each other, as one: it ends as the last of them does. */
export function inRuns({ stages }: Pick<Stages, 'stages'>): Stage[] {
  const runs: Stage[] = []
  for (const stage of stages) {
    const last = runs.at(-1)
    if (last?.name !== stage.name) runs.push(stage)
    else runs[runs.length - 1] = { ...stage, fromNs: last.fromNs, lostNs: last.lostNs + stage.lostNs }
  }
  return runs
}

/** What the taps saw in between: the first loss where that came later than the fault, and further ones. */
export type Mark = { readonly atNs: number; readonly text: string; readonly onset?: Ended }

/** Nearer to the fault than this, a first loss is the fault itself. */
const AT_ONCE_NS = 5e6

/** More spells than these are loss at random rather than steps of a story: told as one. */
const MOST_AGAIN = 4

export function marks({ spells, boundNs }: Stages): Mark[] {
  const lost = spells.filter(({ is }) => is === 'lost')
  const atOnce = (ns: number) => ns <= Math.max(AT_ONCE_NS, boundNs > 1e9 ? 0 : boundNs)
  const all = lost.flatMap(({ fromNs, onset }, i): Mark[] => {
    if (i === 0 && atOnce(fromNs)) return []
    return [{ atNs: fromNs, text: i === 0 ? 'first lost' : 'lost again', ...(onset && { onset }) }]
  })
  const [again, last] = [all.filter(({ text }) => text === 'lost again'), lost.at(-1)]
  if (again.length <= MOST_AGAIN || !last) return all
  const [next] = again
  const text = `lost again, ${again.length} times until ${offset(last.toNs)}`
  return [...all.filter(({ text: kept }) => kept !== 'lost again'), ...(next ? [{ atNs: next.atNs, text }] : [])]
}
