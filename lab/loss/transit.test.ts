// Outages at a place that probes reach late, and not equally late: the truth lies within the bound all the
// same.

import { expect, test } from 'vitest'
import type { FlowRecord } from '../events.ts'
import { random } from '../random.ts'
import { connectivity } from './connectivity.ts'
import { MS, madeRecord, S } from './made-history.ts'
import { excess, lateness, shortestDelay } from './transit.ts'

const GAP = 1 * MS
const always = { fromNs: Number.NEGATIVE_INFINITY, toNs: Number.POSITIVE_INFINITY }

type Place = NonNullable<FlowRecord['reached']>[number]

/**
 * A flow through a queue that holds packets up now and then, for up to 40 ms, and a wire that fails at
 * `place` for a while: before the queue, after it, or after it and on the receiver's link.
 */
function through(draw: () => number, place: Place) {
  const down = { fromNs: 2 * S + draw() * 50 * MS, toNs: 2 * S + 60 * MS + draw() * 500 * MS }
  const base = 0.1 * MS
  let freeNs = 0
  const probes = Array.from({ length: 4000 }, (_, i) => {
    const inNs = i * GAP + draw() * 0.3 * MS
    if (draw() < 0.01) freeNs = Math.max(freeNs, inNs + draw() * 40 * MS)
    freeNs = Math.max(freeNs, inNs + base)
    const metNs = place === 'sender' ? inNs : freeNs
    const lost = metNs >= down.fromNs && metNs < down.toNs
    const outNs = place === 'way' ? freeNs + draw() * 2 * MS : freeNs
    return { inNs, metNs, outNs: lost ? null : outNs }
  })
  const lost = probes.filter(({ outNs }) => outNs === null)
  const record: FlowRecord = {
    ...madeRecord({ gapNs: GAP, endNs: 4 * S }),
    inNs: probes.map(({ inNs }) => inNs),
    outNs: probes.map(({ outNs }) => outNs),
    lastSeenNs: lost.map(({ metNs }) => metNs),
    reached: lost.map(() => place),
  }
  return { record, trueNs: down.toNs - down.fromNs }
}

test.each<Place>(['sender', 'way', 'receiver'])('an outage that probes met at the %s is within its bound', (place) => {
  const draw = random(20261122)
  for (let trial = 0; trial < 200; trial++) {
    const { record, trueNs } = through(draw, place)
    const { periods, outageNs, boundNs, lowNs, highNs } = connectivity(record, always)
    expect(periods, `trial ${trial}`).toHaveLength(1)
    expect(Math.abs(outageNs - trueNs), `trial ${trial}`).toBeLessThanOrEqual(boundNs)
    expect(trueNs).toBeGreaterThanOrEqual(lowNs)
    expect(trueNs).toBeLessThanOrEqual(highNs)
  }
})

test('without transit in the bound such outages would be outside it', () => {
  const draw = random(20261122)
  const outside = Array.from({ length: 200 }, () => through(draw, 'receiver')).filter(({ record, trueNs }) => {
    const { sent } = connectivity(record, always).periods[0] ?? { sent: { fromNs: 0, toNs: 0 } }
    return Math.abs(sent.toNs - sent.fromNs + GAP - trueNs) > GAP + 0.6 * MS
  })
  expect(outside.length).toBeGreaterThan(10)
})

test('a probe on its receiver’s link was there when the tap says; elsewhere it may have waited like its neighbour', () => {
  const record = {
    ...madeRecord({ endNs: 12 * MS }),
    inNs: [0, 4 * MS, 8 * MS],
    outNs: [3 * MS, null, 9 * MS],
    lastSeenNs: [4.5 * MS],
  }
  const edge = { passed: 0, lost: 1, rank: 0 }
  const usualNs = shortestDelay(record, 0, 10 * MS)
  expect([usualNs, excess(record, 0, usualNs), excess(record, 1, usualNs)]).toEqual([1 * MS, 2 * MS, 0])
  const reached = (place: Place) => lateness({ ...record, reached: [place] }, edge, 0.2 * MS)
  const waited = { leastNs: 0, mostNs: 2.8 * MS }
  expect(reached('sender')).toEqual({ passed: waited, lost: waited })
  expect(reached('way')).toEqual({ passed: waited, lost: waited })
  expect(reached('receiver')).toEqual({
    passed: { leastNs: 2.8 * MS, mostNs: 2.8 * MS },
    lost: { leastNs: 0.3 * MS, mostNs: 0.3 * MS },
  })
})

test('a path that holds packets up hides as much as a sender that does not send', () => {
  const steady = madeRecord({ delayNs: 1 * MS })
  const heldUp = { ...steady, outNs: steady.inNs.map((ns, i) => ns + (i === 500 ? 61 : 1) * MS) }
  expect(connectivity(heldUp, always)).toMatchObject({ outageNs: 0, boundNs: 64 * MS })
})
