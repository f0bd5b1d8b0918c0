import { expect, test } from 'vitest'
import { MS, madeRecord, S } from '../../lab/loss/made-history.ts'
import { compare, delivered } from './compare.ts'
import { type Cut, lengthOf, windows } from './cut.ts'

const at = (ns: number) => ({ fromNs: ns, toNs: ns + 0.01 * MS })
const cut = (fromMs: number, toMs: number): Cut => ({ off: at(fromMs * MS), on: at(toMs * MS) })
const cuts = [cut(1001, 1101), cut(2001, 2041), cut(3001, 4501)]

/** A record of all that was lost, as the taps tell it where the switch is on the sender's link. */
function recordOf(down: readonly { fromNs: number; toNs: number }[]) {
  const record = madeRecord({ down })
  const lost = record.inNs.filter((_, i) => record.outNs[i] === null)
  return { ...record, lastSeenNs: lost, reached: lost.map(() => 'sender' as const) }
}
const truth = cuts.map(({ off, on }) => ({ fromNs: off.toNs, toNs: on.fromNs }))

test('a cut is as long as from the middle of one bracket to that of the other', () => {
  const { ns, boundNs } = lengthOf(cut(1000, 1100))
  expect([ns / MS, boundNs / MS]).toEqual([100, expect.closeTo(0.01)])
})

test('windows meet half-way between two outages', () => {
  expect(windows(cuts).map(({ fromNs, toNs }) => [fromNs / MS, toNs / MS])).toEqual([
    [Number.NEGATIVE_INFINITY, expect.closeTo(1551, 1)],
    [expect.closeTo(1551, 1), expect.closeTo(2521, 1)],
    [expect.closeTo(2521, 1), Number.POSITIVE_INFINITY],
  ])
})

test('each outage is measured, its error known and within the bound', () => {
  const compared = compare(recordOf(truth), cuts)
  expect(compared.map(({ trueNs }) => Math.round(trueNs / MS))).toEqual([100, 40, 1500])
  for (const { errorNs, boundNs, inside, missed, invented, ownLosses } of compared) {
    expect(Math.abs(errorNs)).toBeLessThanOrEqual(4 * MS)
    expect([boundNs, inside, missed, invented, ownLosses]).toEqual([4 * MS, true, false, 0, 0])
  }
})

test('an outage that the record does not show is missed, and outside the bound', () => {
  const [first, , third] = truth
  const compared = compare(recordOf([first, third].filter((span) => span !== undefined)), cuts)
  expect(compared.map(({ missed, inside }) => [missed, inside])).toEqual([
    [false, true],
    [true, false],
    [false, true],
  ])
})

test('a loss that nobody made is invented, and the lab’s own', () => {
  const compared = compare(
    recordOf([...truth, { fromNs: 2300 * MS, toNs: 2310 * MS }].toSorted((a, b) => a.fromNs - b.fromNs)),
    cuts,
  )
  expect(compared.map(({ invented, ownLosses }) => [invented, ownLosses])).toEqual([
    [0, 0],
    [1, 3],
    [0, 0],
  ])
})

test('a loss that outlasts its cut, or happened elsewhere, is the lab’s own too', () => {
  const longer = truth.map((span, i) => (i === 1 ? { ...span, toNs: span.toNs + 20 * MS } : span))
  const [, outlasting] = compare(recordOf(longer), cuts)
  expect(outlasting).toMatchObject({ invented: 0, ownLosses: 5, inside: false })
  const record = recordOf(truth)
  const elsewhere = compare({ ...record, reached: record.reached.map((_, i) => (i === 0 ? 'way' : 'sender')) }, cuts)
  expect(elsewhere.map((outage) => outage.ownLosses)).toEqual([1, 0, 0])
})

test('copies and what came too late were heard by the far end as well', () => {
  expect(delivered({ ...madeRecord({ endNs: S }), duplicates: 2, lateInNs: [7] })).toBe(253)
})
