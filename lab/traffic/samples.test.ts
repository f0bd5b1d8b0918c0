import { expect, test } from 'vitest'
import { ofKind } from '../history.ts'
import { death } from '../loss/made-history.ts'
import { madeRequests, web } from './made-traffic.ts'
import { flowsOf, samplesIn, silence, windowOf } from './samples.ts'

const S = 1e9

test('a sample that reaches over an edge belongs to the side on which the fault was in force', () => {
  const history = madeRequests({}, { struckBy: { appliedNs: 4.5 * S, healingNs: 7.2 * S } })
  const all = ofKind(history, 'traffic-sample')
  const ends = (when: object) => {
    const window = windowOf(history, when)
    return typeof window === 'string' ? window : samplesIn(all, window).map(({ toNs }) => toNs / S)
  }
  expect(ends({ during: death })).toEqual([5, 6, 7, 8])
  expect(ends({ after: death })).toEqual([9, 10])
  expect(ends({})).toHaveLength(10)
  expect(ends({ during: { name: 'eclipse' } })).toBe('eclipse was never applied')
})

test('a flow is known by its name, or by that of its mix', () => {
  const history = madeRequests({}, { more: { of: 'standard mix' } })
  expect(flowsOf(history, web)).toHaveLength(1)
  expect(flowsOf(history, { name: 'standard mix' })).toHaveLength(1)
  expect(flowsOf(history, { name: 'heavy mix' })).toEqual([])
})

test('what is missing for longer than samples are apart is told, with who ended', () => {
  const look = (seconds: Parameters<typeof madeRequests>[0], window = { fromNs: 5 * S, toNs: 8 * S }) => {
    const history = madeRequests(seconds)
    const [flow] = ofKind(history, 'traffic')
    return flow && silence(history, flow, ofKind(history, 'traffic-sample'), window)
  }
  expect(look({})).toBeUndefined()
  expect(look({ 6: 'silent' })).toBeUndefined()
  expect(look({ 5: 'silent', 6: 'silent' })).toBe('told nothing from +5.00s to +8.00s')
  expect(look({ 7: 'silent', 8: 'silent', 9: 'silent' }, { fromNs: 8 * S, toNs: 1 / 0 })).toBeUndefined()
  expect(look({ 7: 'silent', 8: 'silent', 9: 'silent' }, { fromNs: 5 * S, toNs: 1 / 0 })).toBe(
    'told nothing from +7.00s to +10.0s',
  )
})
