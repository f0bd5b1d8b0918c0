import { expect, test } from 'vitest'
import { MS, madeRecord, S, type Story } from '../loss/made-history.ts'
import { additiveBackupDelay, type Switchover, switchover } from './switchover.ts'

const during = { fromNs: 3 * S, toNs: 7 * S }
const before = { fromNs: Number.NEGATIVE_INFINITY, toNs: 3 * S }
const by = (...turns: [via: string, fromNs: number][]) => turns.map(([via, fromNs]) => ({ via, fromNs }))
const failover = by(['gw-1', 0], ['gw-2', 3001 * MS])
const seen = (story: Story) => switchover(madeRecord(story), during)
function told(story: Story): Switchover {
  const found = seen(story)
  if (typeof found === 'string') throw new Error(found)
  return found
}

test('it is the time between the last arrival by one gateway and the first by the other', () => {
  const down = [{ fromNs: 3001 * MS, toNs: 3350 * MS }]
  expect(seen({ carried: failover, down })).toEqual({
    from: 'gw-1',
    to: 'gw-2',
    ns: 352 * MS,
    boundNs: 8 * MS,
    lastNs: 3000 * MS,
    firstNs: 3352 * MS,
  })
})

test('the true time lies within its bound, whatever the sender does', () => {
  for (let ms = 20; ms < 900; ms += 37) {
    const down = [{ fromNs: 3 * S, toNs: 3 * S + ms * MS }]
    for (const stalled of [[], [{ fromNs: 2.9 * S, toNs: 3.1 * S }], [{ fromNs: 3 * S + ms * MS, toNs: 3.95 * S }]]) {
      const { ns, boundNs } = told({ carried: failover, down, stalled, gapNs: 3 * MS })
      expect(Math.abs(ns - ms * MS), `${ms}ms`).toBeLessThanOrEqual(boundNs)
    }
  }
})

test('packets that overtake each other lie between: the old way ends before them, the new one begins after', () => {
  const delayed = [{ fromNs: 2990 * MS, toNs: 3 * S, delayNs: 14 * MS }]
  expect(told({ carried: failover, delayed })).toMatchObject({
    from: 'gw-1',
    to: 'gw-2',
    lastNs: 3000 * MS,
    firstNs: 3012 * MS,
  })
})

test('a new way that takes longer, or less long, makes it neither longer nor shorter', () => {
  const down = [{ fromNs: 3001 * MS, toNs: 3350 * MS }]
  for (const delayNs of [0.1 * MS, 90 * MS])
    expect(told({ carried: failover, down, delayed: [{ fromNs: 3 * S, toNs: 9 * S, delayNs }] }).ns).toBe(352 * MS)
})

test.each<[string, Story, string]>([
  ['no gateway is on the path', {}, 'no gateway was seen before'],
  ['it stays where it is', { carried: by(['gw-1', 0]) }, 'nothing arrived by any other than gw-1'],
  [
    'it is cut off for good',
    { carried: failover, down: [{ fromNs: 3 * S, toNs: 99 * S }] },
    'nothing arrived by any other than gw-1',
  ],
  [
    'it comes back within the window',
    { carried: by(['gw-1', 0], ['gw-2', 4 * S], ['gw-1', 5 * S]) },
    'went by gw-2 and back to gw-1',
  ],
])('there is none where %s', (_, story, because) => {
  expect(seen(story)).toBe(because)
})

test('the other way costs what its packets take longer, median against median', () => {
  const record = madeRecord({ carried: failover, delayed: [{ fromNs: 3 * S, toNs: 7 * S, delayNs: 4 * MS }] })
  const found = switchover(record, during)
  if (typeof found === 'string') throw new Error(found)
  expect(additiveBackupDelay(record, found, before, during)).toEqual({ ns: 3 * MS, boundNs: 0 })
  expect(additiveBackupDelay(record, found, before, { ...during, toNs: 3.05 * S })).toBeUndefined()
})

test('a delay that varies is known less exactly', () => {
  const delayed = Array.from({ length: 500 }, (_, i) => ({
    fromNs: 3 * S + i * 8 * MS,
    toNs: 3 * S + i * 8 * MS + 4 * MS,
    delayNs: 5 * MS,
  }))
  const record = madeRecord({ carried: failover, delayed })
  const found = switchover(record, during)
  if (typeof found === 'string') throw new Error(found)
  expect(additiveBackupDelay(record, found, before, during)?.boundNs).toBe(4 * MS)
})
