import type { Event, Measure } from '../lab/events.ts'
import type { History } from '../lab/history.ts'

export type { Measure } from '../lab/events.ts'
export type { Named } from '../lab/loss/window.ts'

/** What a claim came to. No evidence is never a pass: it is `undecided`. */
export type Verdict =
  | { readonly is: 'upheld'; readonly measured: string; readonly measures?: readonly Measure[] }
  | {
      readonly is: 'broken' | 'undecided'
      /** The claim, and what was seen in its place. */
      readonly because: string
      readonly measured?: string
      readonly measures?: readonly Measure[]
      readonly evidence?: readonly Event[]
    }

/** A claim about a finished run. Pure: the same history always gives the same verdict. */
export type Check = { readonly claim: string; readonly judge: (history: History) => Verdict }

/** Part of a verdict: one flow and direction, one pair. */
export type Part = {
  readonly is: Verdict['is']
  /** What was measured, or why nothing could be. */
  readonly text: string
  readonly measures?: readonly Measure[]
}

export type Claim = {
  /** 'outage of probe vpc-a-web-1 → internet during death of nat-gw-a-1 at most 1s' */
  readonly claim: string
  /** What the parts are measures of, where that is less than the claim. */
  readonly subject?: string
  readonly parts: readonly Part[]
  readonly evidence?: readonly Event[]
}

/**
 * One verdict of many parts. A broken part breaks the claim, whatever else is unknown; an undecided
 * one leaves it undecided; of nothing nothing follows.
 */
export function together({ claim, subject = claim, parts, evidence = [] }: Claim): Verdict {
  const those = (is: Part['is']) => parts.filter((part) => part.is === is).map(({ text }) => text)
  const measured = `${subject}: ${parts.map(({ text }) => text).join('; ')}`
  const measures = parts.flatMap((part) => part.measures ?? [])
  const broken = those('broken')
  const undecided = parts.length > 0 ? those('undecided') : ['nothing was seen']
  if (broken.length > 0)
    return { is: 'broken', because: `${claim}, was ${broken.join('; ')}`, measured, measures, evidence }
  if (undecided.length > 0)
    return { is: 'undecided', because: `${claim}, ${undecided.join('; ')}`, measured, measures, evidence }
  return { is: 'upheld', measured, measures }
}
