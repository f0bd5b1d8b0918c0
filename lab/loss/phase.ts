// A whole run, cut where faults took hold and where healing began, as claims cut it.

import type { FlowRecord } from '../events.ts'
import { between, type Edge, edgeOfHeal, edgeOfStrike, type Stretch } from './stretch.ts'
import { type FaultWindow, strike } from './strike.ts'
import type { Window } from './window.ts'

/** A stretch of a run between two strikes or heals. */
export type Phase = Window & {
  /**
   * 'before', 'during death of nat-gw-a-1', 'after death of nat-gw-a-1'. So is called what a claim calls
   * so; where other faults cut that short, the name says which: 'after a, before b'.
   */
  readonly name: string
  /** None before the first. */
  readonly begins?: Edge
  /** None after the last. */
  readonly ends?: Edge
}

const edges = (windows: readonly FaultWindow[]): Edge[] =>
  windows
    .flatMap((window) => [edgeOfStrike(window.fault, strike(window)), edgeOfHeal(window.fault, strike(window))])
    .filter((edge) => edge !== undefined)
    .sort((a, b) => a.atNs - b.atNs)

function nameOf(begins: Edge, ends: Edge | undefined, inForce: readonly string[]): string {
  const during = inForce.length > 0 ? `during ${inForce.join(' and ')}` : ''
  const after = begins.heals ? `after ${begins.fault}` : ''
  const before = ends && !ends.heals ? `before ${ends.fault}` : ''
  return [during, after, before].filter(Boolean).join(', ')
}

/** All of them, in order; a run without faults is one. */
export function phases(windows: readonly FaultWindow[]): Phase[] {
  const cuts = edges(windows)
  const start = (i: number) => cuts[i]?.atNs ?? Number.POSITIVE_INFINITY
  const inForce: string[] = []
  const later = cuts.map((begins, i): Phase => {
    if (begins.heals) inForce.splice(inForce.indexOf(begins.fault), 1)
    else inForce.push(begins.fault)
    const ends = cuts[i + 1]
    const name = nameOf(begins, ends, inForce)
    return { name, fromNs: start(i), toNs: start(i + 1), begins, ...(ends && { ends }) }
  })
  const [ends] = cuts
  return [{ name: 'before', fromNs: Number.NEGATIVE_INFINITY, toNs: start(0), ...(ends && { ends }) }, ...later]
}

/** A phase as one direction of a flow went through it. */
export const stretchIn = ({ begins, ends }: Phase, record: FlowRecord): Stretch => between(record, begins, ends)
