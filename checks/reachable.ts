// Who reaches whom, by attempts made while the lab ran. The latest attempt at a pair counts.

import type { AttemptEvent } from '../lab/events.ts'
import { type History, ofKind } from '../lab/history.ts'
import { type Check, type Part, together } from './verdict.ts'

export type Pair = Pick<AttemptEvent, 'from' | 'to' | 'protocol' | 'port'>
export type Outcome = AttemptEvent['outcome']
export type Expectation = Pair & { readonly expect: Outcome }

/** 'vpc-a-web-1 → vpc-a-db-1 tcp/5432' */
const nameOf = ({ from, to, protocol, port }: Pair) =>
  `${from} → ${to} ${protocol}${port === undefined ? '' : `/${port}`}`

const attemptAt = (history: History, pair: Pair) => {
  const name = nameOf(pair)
  return ofKind(history, 'attempt').findLast((attempt) => nameOf(attempt) === name)
}

/** How many pairs came out in which way, where naming each would say no more. */
function counted(history: History, expected: readonly { readonly pair: Pair }[]): Part {
  const counts = Map.groupBy(expected, ({ pair }) => attemptAt(history, pair)?.outcome)
  return { is: 'upheld', text: [...counts].map(([outcome, pairs]) => `${pairs.length} ${outcome}`).join(', ') }
}

/** One claim on several pairs; each may come out in some ways and not in others. */
function claimOn(claim: string, expected: readonly { readonly pair: Pair; readonly may: readonly Outcome[] }[]): Check {
  return {
    claim,
    judge: (history) => {
      const evidence: AttemptEventOf[] = []
      const parts = expected.map(({ pair, may }): Part => {
        const attempt = attemptAt(history, pair)
        // A claim on one pair bears its name already.
        const name = expected.length === 1 ? '' : `${nameOf(pair)} `
        if (!attempt) return { is: 'undecided', text: `${name}was never tried` }
        const { outcome, saw } = attempt
        const said = saw === '' ? outcome : `${outcome} (${saw})`
        if (may.includes(outcome)) return { is: 'upheld', text: `${name}${said}` }
        evidence.push(attempt)
        return { is: 'broken', text: `${name}${said}, not ${may.join(' or ')}` }
      })
      const upheld = parts.length > 1 && parts.every(({ is }) => is === 'upheld')
      return together({ claim, parts: upheld ? [counted(history, expected)] : parts, evidence })
    },
  }
}

type AttemptEventOf = ReturnType<typeof ofKind<'attempt'>>[number]

/** It answers; with `seenAs`, the far end also said that it saw the client under this address. */
export function reachable({ seenAs, ...pair }: Pair & { readonly seenAs?: string }): Check {
  const answers = claimOn(`${nameOf(pair)} reachable`, [{ pair, may: ['answered'] }])
  if (!seenAs) return answers
  return {
    claim: `${answers.claim}, seen as ${seenAs}`,
    judge: (history) => {
      const verdict = answers.judge(history)
      const attempt = attemptAt(history, pair)
      if (verdict.is !== 'upheld' || !attempt) return verdict
      const words = attempt.saw.split(/[\s,]+/)
      if (words.includes(seenAs)) return verdict
      return {
        is: 'broken',
        because: `${nameOf(pair)} was seen by the far end as ${attempt.saw}, not as ${seenAs}`,
        evidence: [attempt],
      }
    },
  }
}

/** It does not answer: by silence, by a refusal, or in either way. */
export const unreachable = ({ how, ...pair }: Pair & { readonly how?: 'silent' | 'refused' }): Check =>
  claimOn(`${nameOf(pair)} unreachable${how ? `, ${how}` : ''}`, [{ pair, may: how ? [how] : ['silent', 'refused'] }])

/** Every pair comes out as expected; the verdict names each that does not. */
export const matrix = (expected: readonly Expectation[]): Check =>
  claimOn(
    `${expected.length} pairs as expected`,
    expected.map(({ expect, ...pair }) => ({ pair, may: [expect] })),
  )
