import { expect, test } from 'vitest'
import type { FlowRecord } from '../events.ts'
import { death, MS, madeHistory, madeRecord, S, type Story, type Struck } from '../loss/made-history.ts'
import { stretchOf } from '../loss/stretch.ts'
import { firstRouteConvergence, fullConvergence, type Seen } from './convergence.ts'

const struck: Struck = { appliedNs: 3 * S, healingNs: 7 * S }

function seen(record: FlowRecord, fault: Struck = struck): Seen {
  const stretch = stretchOf(madeHistory([record], fault), record, { during: death })
  if (typeof stretch === 'string') throw new Error(stretch)
  return { record, stretch }
}
const converge = (story: Story, sustainedNs = S, fault = struck) =>
  fullConvergence([seen(madeRecord(story), fault)], sustainedNs)
const down = (fromMs: number, toMs: number) => [{ fromNs: fromMs * MS, toNs: toMs * MS }]

test('it is the first interval from which on all is forwarded', () => {
  expect(converge({ down: down(3001, 3353) })).toEqual({
    is: 'converged',
    ns: 360 * MS,
    boundNs: 10 * MS,
    samplingNs: 10 * MS,
    heldNs: 6999 * MS - 3352 * MS,
  })
})

test('the recovery lies within an interval of it, whatever the outage and the rate', () => {
  for (const gapNs of [1, 2, 4, 7].map((ms) => ms * MS))
    for (let ms = 12; ms < 2500; ms += 93) {
      const found = converge({ gapNs, down: down(3000, 3000 + ms) })
      if (found.is !== 'converged') throw new Error(found.because)
      expect(Math.abs(found.ns - ms * MS), `${ms}ms`).toBeLessThanOrEqual(found.boundNs)
    }
})

test('each interval has to offer a packet: where the sender stalls the interval grows, and is told', () => {
  const stalled = [{ fromNs: 3.6 * S, toNs: 3.63 * S }]
  expect(converge({ down: down(3001, 3353), stalled })).toMatchObject({ ns: 360 * MS, samplingNs: 40 * MS })
})

test('a sender that offers nothing for longer than the validation time leaves it untold', () => {
  expect(converge({ down: down(3001, 3353), stalled: [{ fromNs: 3.6 * S, toNs: 4.7 * S }] })).toEqual({
    is: 'not told',
    because: 'a flow offered nothing for 1.10s, more than the validation time of 1.00s',
  })
})

test('a recovery that the next event cuts short, or the end of the record, is not sustained', () => {
  expect(converge({ down: down(3001, 6500) })).toEqual({
    is: 'not sustained',
    because: 'not sustained: 503ms without impairment before the next event, 1.00s wanted',
    endedBy: 'event',
  })
  expect(converge({ down: down(3001, 3353), endNs: 4 * S })).toMatchObject({
    because: 'not sustained: 644ms without impairment before the end of the record, 1.00s wanted',
    endedBy: 'record',
  })
  expect(converge({ down: down(3001, 99_000) })).toMatchObject({
    is: 'not sustained',
    because: expect.stringMatching(/^not sustained: 3\.0ms without/),
  })
  expect(converge({ down: down(3001, 3353) }, 5 * S)).toMatchObject({
    because: 'not sustained: 3.65s without impairment before the next event, 5.00s wanted',
  })
})

test('a later impairment of any kind starts the validation anew', () => {
  const record = madeRecord({ down: down(3001, 3353) })
  const copied = { ...record, duplicates: 1, duplicateNs: [4 * S] }
  const overtaken = { ...record, outNs: record.outNs.map((ns, i) => (i === 1000 ? 4021 * MS : ns)) }
  expect(fullConvergence([seen(copied)], S)).toMatchObject({ ns: 1010 * MS })
  expect(fullConvergence([seen(overtaken)], S)).toMatchObject({ ns: 1010 * MS })
})

test('what was not impaired does not converge', () => {
  expect(converge({})).toEqual({ is: 'unimpaired', because: 'no packet was impaired' })
  const record = madeRecord()
  expect(fullConvergence([{ record, stretch: { fromNs: 0, toNs: S } }], S)).toMatchObject({ is: 'not told' })
})

test('all flows of a stream converge with the last of them, and the first route with the first that was hit', () => {
  const stream = [down(3001, 3200), down(3001, 3353), []].map((spans) => seen(madeRecord({ down: spans })))
  expect(fullConvergence(stream, S)).toMatchObject({ is: 'converged', ns: 360 * MS })
  expect(firstRouteConvergence(stream, S)).toMatchObject({ is: 'converged', ns: 200 * MS })
  expect(firstRouteConvergence(stream.slice(2), S)).toBeUndefined()
})
