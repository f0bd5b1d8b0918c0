import { expect, test } from 'vitest'
import { death } from '../lab/loss/made-history.ts'
import { copies, madeRequests, madeTransfer } from '../lab/traffic/made-traffic.ts'
import { goodput } from './goodput.ts'

const judge = (atLeast: `${number}Mbps`, shares = {}) =>
  goodput({ of: copies, during: death, atLeast }).judge(madeTransfer(shares))

test('the mean of what arrived counts; the lowest second and the retransmits are told', () => {
  expect(judge('40Mbps')).toMatchObject({ is: 'upheld', measured: expect.stringContaining('40.0 Mbit/s') })
  const seen = judge('26Mbps', { 6: 0 })
  expect(seen).toMatchObject({
    is: 'upheld',
    measured: expect.stringContaining('26.7 Mbit/s (0 kbit/s in the lowest second, 7 retransmits)'),
    measures: [{ name: 'achieved_goodput', unit: 'bit/s', value: expect.closeTo(26.67e6, -4), flow: copies.name }],
  })
  expect(judge('27Mbps', { 6: 0 }).is).toBe('broken')
})

test('what the sender handed over is no goodput: nothing arrived is broken', () => {
  expect(judge('1Mbps', { 5: 0, 6: 0, 7: 0 }).is).toBe('broken')
})

test('a flow below its rate before the fault proves nothing', () => {
  expect(judge('10Mbps', { 3: 0.5, 4: 0.5 })).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('20.0 Mbit/s of 40.0 Mbit/s before'),
  })
})

test('requests are no bulk data, and a rate has a unit', () => {
  expect(goodput({ of: { name: 'http vpc-a-web-1 → vpc-a-app-1' }, atLeast: '1Mbps' }).judge(madeRequests()).is).toBe(
    'undecided',
  )
  expect(() => goodput({ of: copies, atLeast: '10' as '10Mbps' })).toThrow("no bit rate: '10'")
})
