// What all claims about real traffic have in common, seen through the claim on errors.

import { expect, test } from 'vitest'
import { death } from '../lab/loss/made-history.ts'
import { madeRequests, type Second, web } from '../lab/traffic/made-traffic.ts'
import { errors } from './errors.ts'

const bad: Second = { latencyNs: Array(90).fill(2e6), errors: { timeout: 6, unsent: 4 } }
const judge = (
  seconds: Parameters<typeof madeRequests>[0],
  when: object = { during: death },
  options: Parameters<typeof madeRequests>[1] = {},
) => errors({ of: web, atMost: '1%', ...when }).judge(madeRequests(seconds, options))

test('a claim says whose, when and how much', () => {
  const { claim } = errors({ of: web, during: death, atMost: '1%' })
  expect(claim).toBe('errors of http vpc-a-web-1 → vpc-a-app-1 during death of nat-gw-a-1 at most 1%')
})

test('only what ends in its stretch counts', () => {
  expect(judge({ 6: bad }).is).toBe('broken')
  expect(judge({ 6: bad }, { after: death }).is).toBe('upheld')
  expect(judge({ 9: bad }, { after: death }).is).toBe('broken')
  expect(judge({ 9: bad }).is).toBe('upheld')
  expect(judge({ 1: bad }, {}, { struckBy: undefined })).toMatchObject({ is: 'upheld' })
})

test('a flow that was not well before the fault proves nothing about it', () => {
  expect(judge({ 4: bad })).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('steady state was not met before death of nat-gw-a-1: 6 timeout, 4 unsent of 200'),
  })
  expect(judge({ 3: 'silent', 4: 'silent' })).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('nothing was told of the seconds before'),
  })
  expect(judge({ 1: bad }).is).toBe('upheld')
})

test('where samples are missing nothing is upheld, but what was seen broken stays broken', () => {
  expect(judge({ 5: 'silent', 6: 'silent', 7: 'silent' })).toMatchObject({
    is: 'undecided',
    because: expect.stringMatching(/told nothing from \+5\.00s to \+8\.00s/),
  })
  expect(judge({ 5: bad, 6: 'silent', 7: 'silent', 8: 'silent' }).is).toBe('broken')
})

test('what was never sent, or a fault that never struck, leaves it undecided', () => {
  expect(errors({ of: { name: 'http a → b' }, atMost: '1%' }).judge(madeRequests())).toMatchObject({
    is: 'undecided',
    because: 'errors of http a → b at most 1%, http a → b sent nothing of the kind',
  })
  expect(judge({}, { during: { name: 'eclipse' } })).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('eclipse was never applied'),
  })
})

test('a mix is judged flow by flow', () => {
  const mix = { name: 'standard mix' }
  const history = madeRequests({ 6: bad }, { more: { of: mix.name } })
  expect(errors({ of: mix, during: death, atMost: '1%' }).judge(history)).toMatchObject({
    is: 'broken',
    because: expect.stringContaining('10 of 300 requests'),
  })
})

test('one stretch at a time', () => {
  expect(() => errors({ of: web, during: death, after: death, atMost: '1%' })).toThrow('a claim speaks of one stretch')
})
