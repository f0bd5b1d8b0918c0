import { expect, test } from 'vitest'
import { death } from '../lab/loss/made-history.ts'
import { copies, madeTransfer } from '../lab/traffic/made-traffic.ts'
import { goodputUnder } from './goodput-under.ts'

const claim = { of: copies, during: death } as const
/** The fault is from 5 s to 8 s; 40 Mbit/s are offered. */
const seen = (share: number) => madeTransfer({ 5: share, 6: share, 7: share })

test('as much as the link has left arrives: less is broken, and so is more', () => {
  const judge = (share: number) => goodputUnder({ ...claim, is: '10Mbps', within: '5%' }).judge(seen(share))
  expect(judge(0.25)).toMatchObject({ is: 'upheld', measured: expect.stringContaining('10.0 Mbit/s') })
  expect([0.24, 0.26].map((share) => judge(share).is)).toEqual(['upheld', 'upheld'])
  expect([0.2, 0.3, 1].map((share) => judge(share).is)).toEqual(['broken', 'broken', 'broken'])
})

test('with a least only, more is as good, and nothing is broken', () => {
  const judge = (share: number) => goodputUnder({ ...claim, atLeast: '10Mbps' }).judge(seen(share)).is
  expect([0, 0.24, 0.25, 1].map(judge)).toEqual(['broken', 'broken', 'upheld', 'upheld'])
})

test('a rate has a unit, and a share is one', () => {
  expect(() => goodputUnder({ ...claim, atLeast: '10' as '10Mbps' })).toThrow("no bit rate: '10'")
  expect(() => goodputUnder({ ...claim, is: '10Mbps', within: '5' as '5%' })).toThrow("no share: '5'")
})
