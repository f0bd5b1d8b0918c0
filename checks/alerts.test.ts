import { expect, test } from 'vitest'
import { death, madeHistory, S } from '../lab/loss/made-history.ts'
import { firingQuery } from '../lab/monitor/firing.ts'
import { clears, fires, quiet } from './alerts.ts'
import type { MetricCheck } from './metric.ts'

const gateway = { alert: 'GatewayDown', of: { instance: 'nat-gw-a-1' } }

/** Whether it fires at 0 s, 1 s, …; the fault is in force from 3.2 s to 8.2 s. Null: nothing is told then. */
function judged(claim: MetricCheck, firing: readonly (number | null)[]) {
  const history = madeHistory([], { appliedNs: 3.2 * S, healingNs: 8.2 * S })
  const points = firing.flatMap((value, second) => (value === null ? [] : [[second * S, value] as const]))
  const series = points.length > 0 ? [{ labels: {}, points }] : []
  history.record('monitor', { kind: 'series', query: claim.asks, fromNs: 0, toNs: 12 * S, stepNs: S, series })
  return claim.judge(history)
}

const none = Array(13).fill(0)
/** From 6 s to 10 s. */
const fired = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0]
const late = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
const during = { ...gateway, during: death }
const after = { ...gateway, after: death }

test.each<[string, MetricCheck, readonly (number | null)[], string, RegExp]>([
  ['it fires in the fault', fires(during), fired, 'upheld', /after 2\.80s at most, told each 1\.00s/],
  ['it fires in time', fires({ ...during, within: '2s' }), fired, 'upheld', /within 2s/],
  ['it fires too late', fires({ ...during, within: '1s' }), fired, 'broken', /after 2\.80s/],
  ['it fires only after the heal', fires(during), late, 'broken', /it did not/],
  ['it fired before', fires(during), [0, 0, 0, 1, ...fired.slice(4)], 'broken', /it fired before/],
  ['it clears', clears(after), fired, 'upheld', /after 1\.80s at most/],
  ['it clears too late', clears({ ...after, within: '500ms' }), fired, 'broken', /after 1\.80s/],
  ['it does not clear', clears(after), [...fired.slice(0, 9), 1, 1, 1, 1], 'broken', /still fired in the end/],
  ['it never fired, so it cannot clear', clears(after), none, 'undecided', /had not fired/],
  ['it is quiet', quiet(gateway), [1, 1, 1, 1, ...none.slice(4)], 'upheld', /over 8\.00s/],
  ['it is not quiet', quiet(gateway), fired, 'broken', /fired at 6\.00s/],
  [
    'Prometheus told nothing for a while',
    quiet(gateway),
    [...none.slice(0, 6), null, null, ...none.slice(8)],
    'undecided',
    /2s of the run/,
  ],
  ['Prometheus told nothing', quiet(gateway), [], 'undecided', /told nothing/],
])('%s', (_, claim, firing, is, says) => {
  const verdict = judged(claim, firing)
  expect(verdict.is).toBe(is)
  expect(verdict.is === 'upheld' ? verdict.measured : verdict.because).toMatch(says)
})

test('a fault of many parts counts from its first', () => {
  const history = madeHistory([], { appliedNs: 3.2 * S, widthNs: 4 * S, healingNs: 8.2 * S })
  const claim = fires({ ...during, within: '3s' })
  const points = fired.map((firing, second) => [second * S, firing] as const)
  const series = [{ labels: {}, points }]
  history.record('monitor', { kind: 'series', query: claim.asks, fromNs: 0, toNs: 12 * S, stepNs: S, series })
  expect(claim.judge(history)).toMatchObject({ is: 'upheld', measured: expect.stringContaining('after 2.80s at most') })
})

test('an alert that no rule has is refused with those that there are', () => {
  expect(() => quiet({ alert: 'GatewayGone' })).toThrow("no alert 'GatewayGone'; there are GatewayDown")
})

test('silence of Prometheus is no silence of an alert', () => {
  expect(firingQuery({ alert: 'GatewayDown' })).toBe(
    'count(ALERTS{alertname="GatewayDown",alertstate="firing"}) or 0 * count(up)',
  )
})
