// Whether real traffic gets through now, by what its generator told since somebody asked.

import type { SessionEvent, SessionPhase, TrafficSample, TransferSample } from '../lab/traffic/events.ts'
import { kinds } from '../lab/traffic/requests.ts'
import { rate } from '../lab/traffic/transfer.ts'

export type Look = { readonly holds: boolean; readonly saw: string }

/** Samples are of about a second; one that was cut short by the end of its flow says little. */
const WHOLE_NS = 0.9e9
/** Of what was asked for, so much has to come about to call it answered: a scheduler's second is never exact. */
const ENOUGH = 0.9

const whole = <S extends { readonly fromNs: number; readonly toNs: number }>(samples: readonly S[]): S[] =>
  samples.filter(({ fromNs, toNs }) => toNs - fromNs >= WHOLE_NS)

const no = (saw: string): Look => ({ holds: false, saw })

/** Every class of requests was answered in the last second, and none failed. */
export function requestsAnswered(samples: readonly TrafficSample[]): Look {
  const last = whole(samples).at(-1)
  if (!last) return no('told nothing of a whole second yet')
  const bad = last.parts.find(({ answered, asked, errors }) => kinds(errors) !== '' || answered < ENOUGH * asked)
  const all = last.parts.reduce((sum, { answered }) => sum + answered, 0)
  if (!bad) return { holds: all > 0, saw: `${all} answered in the last second` }
  const failed = kinds(bad.errors)
  return no(`${bad.name}: ${bad.answered} of ${bad.asked} answered in the last second${failed && `, ${failed}`}`)
}

/** The same for every second of a stretch up to now. */
export function requestsSustained(samples: readonly TrafficSample[], forNs: number): Look {
  return sustained(whole(samples), forNs, (sample) => requestsAnswered([sample]))
}

const goodput = ({ bytes, fromNs, toNs }: TransferSample): number => (8e9 * bytes) / (toNs - fromNs)

/** The receiver got something in the last second. */
export function transferAnswered(samples: readonly TransferSample[]): Look {
  const last = whole(samples).findLast(({ side }) => side === 'receiver')
  if (!last) return no('the receiver told nothing of a whole second yet')
  return { holds: last.bytes > 0, saw: `${rate(goodput(last))} in the last second` }
}

/** The receiver got about what was asked for in every second of a stretch up to now. */
export function transferSustained(samples: readonly TransferSample[], askedBps: number, forNs: number): Look {
  const got = whole(samples).filter(({ side }) => side === 'receiver')
  return sustained(got, forNs, (sample) => ({
    holds: goodput(sample) >= ENOUGH * askedBps,
    saw: `${rate(goodput(sample))} of ${rate(askedBps)} in one second`,
  }))
}

function sustained<S extends { readonly fromNs: number; readonly toNs: number }>(
  samples: readonly S[],
  forNs: number,
  look: (sample: S) => Look,
): Look {
  const good = samples.slice(samples.findLastIndex((sample) => !look(sample).holds) + 1)
  const lastedNs = good.reduce((ns, { fromNs, toNs }) => ns + toNs - fromNs, 0)
  // Seconds are never exact: three of them may be 2.99 s.
  if (lastedNs >= forNs - 0.05e9) return { holds: true, saw: `so for ${(lastedNs / 1e9).toFixed(1)}s` }
  const last = samples.at(-1)
  if (last && !look(last).holds) return look(last)
  return no(`so for ${(lastedNs / 1e9).toFixed(1)}s only`)
}

/** All sessions are established, and none waits for an answer. */
export function sessionsAnswered(events: readonly SessionEvent[], count: number): Look {
  const last = new Map(events.map(({ session, phase }) => [session, phase]))
  const tally = new Map<SessionPhase, number>()
  for (const phase of last.values()) tally.set(phase, (tally.get(phase) ?? 0) + 1)
  const up = (tally.get('established') ?? 0) + (tally.get('resumed') ?? 0)
  const rest = [...tally].filter(([phase]) => phase !== 'established' && phase !== 'resumed')
  const saw = [`${up} of ${count} established`, ...rest.map(([phase, n]) => `${n} ${phase}`)].join(', ')
  return { holds: up === count, saw }
}
