// A history as Allure's steps: nested where one lies within another's time.

import type { Event } from '../../lab/events.ts'
import { describe } from '../describe.ts'
import { faultWindows } from '../windows.ts'

export type Step = {
  readonly name: string
  readonly fromNs: number
  readonly toNs: number
  readonly status: 'passed' | 'failed' | 'broken'
  readonly steps: Step[]
}

/** What others can lie within: a wait only passes while they happen. */
type Timed = Step & { readonly around: boolean }

const ENDED = { upheld: 'passed', broken: 'failed', undecided: 'broken' } as const

/** The story; evidence such as SB rows and log lines is in the page. */
function stepOf(event: Event): Timed | undefined {
  const { atNs } = event
  const step = (took: number, status: Step['status'] = 'passed'): Timed => ({
    name: describe(event),
    fromNs: Math.max(0, atNs - took),
    toNs: atNs,
    status,
    steps: [],
    around: event.kind === 'act' && took > 0,
  })
  switch (event.kind) {
    case 'act':
      return step(event.tookNs ?? 0)
    case 'waited':
      return step(event.tookNs, event.held ? 'passed' : 'failed')
    case 'flow':
    case 'fault':
      return step(0)
    case 'command':
      return step(event.bracket.toNs - event.bracket.fromNs)
    case 'verdict':
      return step(0, ENDED[event.is])
    default:
      return undefined
  }
}

const inForce = (events: readonly Event[]): Timed[] =>
  faultWindows(events).map(({ fault, applied, healed }) => ({
    name: `${fault} in force`,
    fromNs: applied.fromNs,
    toNs: healed?.toNs ?? Math.max(...events.map(({ atNs }) => atNs)),
    status: 'passed',
    steps: [],
    around: true,
  }))

/** In order of time; what overlaps without lying within is beside. */
export function stepsOf(events: readonly Event[]): Step[] {
  const flat = [...events.flatMap((event) => stepOf(event) ?? []), ...inForce(events)]
  flat.sort((a, b) => a.fromNs - b.fromNs || b.toNs - a.toNs)
  const top: Step[] = []
  const open: Step[] = []
  for (const { around, ...step } of flat) {
    while (open.length > 0 && (open.at(-1)?.toNs ?? 0) < step.toNs) open.pop()
    const level = open.at(-1)?.steps ?? top
    level.push(step)
    if (around) open.push(step)
  }
  return top
}
