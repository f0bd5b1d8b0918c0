import { expect, test } from 'vitest'
import { death, MS, madeHistory, S } from '../lab/loss/made-history.ts'
import { askable } from '../lab/monitor/series.ts'
import { type Metric, metric } from './metric.ts'

const QUERY = 'frr_bgp_peer_state'

/** Values at 0 s, 1 s, … of one series each; the fault is in force from 3.2 s to 8.2 s. Null: no value then. */
function judged(claimed: Metric, ...series: (readonly (number | null)[])[]) {
  const history = madeHistory([], { appliedNs: 3.2 * S, healingNs: 8.2 * S })
  const made = series.map((values, i) => ({
    labels: { __name__: QUERY, peer: String(i) },
    points: values.flatMap((value, second) => (value === null ? [] : [[second * S, value] as const])),
  }))
  const asked = { kind: 'series', query: QUERY, fromNs: 0, toNs: 12 * S, stepNs: S, series: made } as const
  history.record('monitor', asked)
  return metric(QUERY, claimed).judge(history)
}

const up = Array(13).fill(1)
/** Up until 4 s, down at 5, 6, 7 and 8 s, up again from 9 s on. */
const fell = [1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1]

test.each<[string, Metric, string, RegExp, ...(readonly (number | null)[])[]]>([
  ['every value is as claimed', { is: 1 }, 'upheld', /peer="0"} 1 to 1, each 1\.00s/, up],
  ['one value of the stretch is not', { is: 1, during: death }, 'broken', /0 to 0/, fell],
  ['values before the stretch do not count', { is: 0, during: death }, 'upheld', /0 to 0/, fell],
  ['one of two series is not', { atLeast: 1, during: death }, 'broken', /peer="1"} 0 to 0/, up, fell],
  ['it stays below', { atMost: 1 }, 'upheld', /0 to 1/, fell],
  ['it comes to it later', { becomes: 0, during: death }, 'upheld', /0 from 1.00s into it on/, fell],
  [
    'the last scrape of the stretch ended after it',
    { becomes: 0, during: death },
    'upheld',
    /0 from 1.00s into it on/,
    [...fell.slice(0, 8), 1, 1, 1, 1, 1],
  ],
  [
    'it went back before',
    { becomes: 0, during: death },
    'broken',
    /1 in the end/,
    [...fell.slice(0, 7), 1, 1, 1, 1, 1, 1],
  ],
  ['it comes back', { becomes: 1, after: death }, 'upheld', /1 from/, [...fell.slice(0, 9), 0, 1, 1, 1]],
  ['it does not come back', { becomes: 1, after: death }, 'broken', /0 in the end/, [...fell.slice(0, 9), 0, 0, 0, 0]],
  ['it rises', { risesBy: 2, during: death }, 'upheld', /5 to 8/, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  [
    'it rises too little',
    { risesBy: 4, during: death },
    'broken',
    /5 to 8/,
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  ],
  ['it falls', { fallsBy: 3, during: death }, 'upheld', /5 to 2/, [9, 9, 9, 9, 9, 5, 4, 3, 2, 9, 9, 9, 9]],
  ['before counts until the strike', { is: 1, before: death }, 'upheld', /1 to 1/, fell],
  [
    'a gap in the stretch',
    { is: 1, during: death },
    'undecided',
    /no value at 1 of 4 instants/,
    [1, 1, 1, 1, 1, 1, null, 1, 1, 1, 1, 1, 1],
  ],
  [
    'no value in the stretch',
    { is: 1, during: death },
    'undecided',
    /nothing was seen/,
    [1, 1, 1, null, null, null, null, null, null, 1, 1, 1, 1],
  ],
  ['no series', { is: 1 }, 'undecided', /nothing was seen/],
])('%s', (_, claimed, is, says, ...series) => {
  const verdict = judged(claimed, ...series)
  expect(verdict.is).toBe(is)
  expect(verdict.is === 'upheld' ? verdict.measured : verdict.because).toMatch(says)
})

test('a value of before a short fault does not stand for one in it', () => {
  const history = madeHistory([], { appliedNs: 3.2 * S, healingNs: 5.2 * S })
  const points = [1, 1, 1, 1, 1, 2].map((value, second) => [second * S, value] as const)
  const asked = { kind: 'series', query: QUERY, fromNs: 0, toNs: 5 * S, stepNs: S } as const
  history.record('monitor', { ...asked, series: [{ labels: { __name__: QUERY }, points }] })
  expect(metric(QUERY, { becomes: 1, during: death }).judge(history)).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('2 in the only scrape, which may have ended after it'),
  })
})

test('a query that nobody asked proves nothing', () => {
  const verdict = metric(QUERY, { is: 1 }).judge(madeHistory([]))
  expect(verdict).toMatchObject({ is: 'undecided', because: expect.stringContaining('was not asked') })
})

test('a stretch that is over is asked for up to its last instant, and judged by that answer', () => {
  const history = madeHistory([], { appliedNs: 3.2 * S, healingNs: 8.2 * S })
  const claim = metric(QUERY, { becomes: 0, during: death })
  const toNs = claim.upTo?.(history) ?? 0
  expect(toNs).toBe(askable(history, 8.2 * S - 1))
  expect(8.2 * S - toNs).toBeLessThanOrEqual(MS)
  const answered = (end: number, last: number) =>
    ({ kind: 'series', query: QUERY, fromNs: end - S, toNs: end, stepNs: S, series: [one(end, last)] }) as const
  const one = (end: number, last: number) => ({ labels: {}, points: [[end - S, 1] as const, [end, last] as const] })
  history.record('monitor', { ...answered(toNs, 0), endsWithStretch: true })
  expect(claim.judge(history).is).toBe('upheld')
  expect(metric(QUERY, { atMost: 1 }).judge(history)).toMatchObject({ because: /was not asked/ })
  history.record('monitor', answered(8 * S, 1))
  expect(claim.judge(history).is).toBe('upheld')
  expect(metric(QUERY, { atMost: 1 }).judge(history).is).toBe('upheld')
})

test('what is not over is asked for up to now', () => {
  const ongoing = madeHistory([], { appliedNs: 3 * S })
  expect(metric(QUERY, { is: 1, during: death }).upTo?.(ongoing)).toBeUndefined()
  expect(metric(QUERY, { is: 1 }).upTo?.(ongoing)).toBeUndefined()
  expect(metric(QUERY, { is: 1, before: death }).upTo?.(ongoing)).toBeLessThan(3 * S)
})

test('a fault that never struck, and one that never healed, leave it undecided', () => {
  const asked = { kind: 'series', query: QUERY, fromNs: 0, toNs: S, stepNs: S, series: [] } as const
  const history = madeHistory([], { appliedNs: 3 * S })
  history.record('monitor', asked)
  const [other, healed] = [
    metric(QUERY, { is: 1, during: { name: 'a flood' } }),
    metric(QUERY, { is: 1, after: death }),
  ]
  expect(other.judge(history)).toMatchObject({ is: 'undecided', because: /never applied/ })
  expect(healed.judge(history)).toMatchObject({ is: 'undecided', because: /never healed/ })
})

test.each<[Metric, string]>([
  [{}, 'a metric is claimed one thing: is, atLeast, atMost, becomes, risesBy or fallsBy; 0 were given'],
  [{ is: 1, atMost: 2 }, 'a metric is claimed one thing'],
  [{ is: 1, during: death, after: death }, 'a claim on a metric speaks of one stretch'],
])('%o is refused', (claimed, says) => {
  expect(() => metric(QUERY, claimed)).toThrow(says)
})
