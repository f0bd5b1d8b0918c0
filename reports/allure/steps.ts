// A history as Allure's steps: nested where one lies within another's time.

import type { Event } from '../../lab/events.ts'
import { ofKind } from '../../lab/history.ts'
import { faultWindows } from '../../lab/loss/strike.ts'
import { describe } from '../describe.ts'
import { lastNs } from '../result.ts'

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
    default:
      return undefined
  }
}

const inForce = (events: readonly Event[]): Timed[] =>
  faultWindows(events).map(({ fault, applied, healed }) => ({
    name: `${fault} in force`,
    fromNs: applied.fromNs,
    toNs: healed?.toNs ?? lastNs(events),
    status: 'passed',
    steps: [],
    around: true,
  }))

/** All verdicts as one step: a grid has hundreds. */
function judged(events: readonly Event[]): Timed[] {
  const verdicts = ofKind({ events }, 'verdict')
  const steps = verdicts.map(
    (event): Step => ({
      name: describe(event),
      fromNs: event.atNs,
      toNs: event.atNs,
      status: ENDED[event.is],
      steps: [],
    }),
  )
  const [first, last] = [steps[0], steps.at(-1)]
  if (!first || !last) return []
  const status = (['failed', 'broken'] as const).find((each) => steps.some((step) => step.status === each)) ?? 'passed'
  const name = `${steps.length} ${steps.length === 1 ? 'claim' : 'claims'} judged`
  return [{ name, fromNs: first.fromNs, toNs: last.toNs, status, steps, around: false }]
}

/** In order of time; what overlaps without lying within is beside. */
export function stepsOf(events: readonly Event[]): Step[] {
  const flat = [...events.flatMap((event) => stepOf(event) ?? []), ...inForce(events), ...judged(events)]
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
