// Delay, loss and a block on one link, in force together and healed one by one: each goes and leaves the others
// as they are. A delay is changed while packets wait, and what waits when it is healed arrives all the same.
//
//     nat-gw-a-1 ──  delay, loss ──▶ internet      pings, 50 a second; what they wait for is one way only
//
// A ping takes well below a millisecond here, and a few on a busy machine: 20 ms are allowed beside the delay.
// Of 100 pings that are lost with 30 % each, 12 to 50 are in all but one of 20,000 runs (binomial, 4 sigma).

import { expect, test } from 'vitest'
import { oneVpc } from '../fixtures/one-vpc.ts'
import { startLab } from '../lab/index.ts'
import type { Lab } from '../lab/types.ts'
import { block } from './block.ts'
import { change, impair } from './impair.ts'
import { inject } from './inject.ts'

const [gateway] = oneVpc.vpcs.a.nat.gateways
const uplink = ['nat-gw-a-1', 'internet'] as const
const icmp = { between: uplink, only: 'icmp' } as const

/** Round trip of each ping that was answered, ms. */
async function pings(lab: Lab, count: number, gapS = 0.02): Promise<number[]> {
  const { out } = await lab.try('nat-gw-a-1', `ping -n -c ${count} -i ${gapS} -W 1 ${gateway?.uplink.peer}`)
  return [...out.matchAll(/time=([\d.]+) ms/g)].map(([, ms]) => Number(ms))
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

test('what waits, what is lost and what is cut off on one link are healed one by one', async (run) => {
  await using lab = await startLab(oneVpc, run)
  // Each fault has to meet packets when it strikes.
  await lab.run('nat-gw-a-1', `ping -n -q -i 0.1 ${gateway?.uplink.peer} >/dev/null 2>&1 </dev/null &`)
  expect(median(await pings(lab, 50))).toBeLessThan(20)

  const slow = impair({ ...icmp, direction: 'forward', delay: '100ms' })
  await using delay = await inject(lab, slow)
  const late = await pings(lab, 50)
  expect(late).toHaveLength(50)
  expect(median(late)).toBeGreaterThanOrEqual(100)
  expect(median(late)).toBeLessThan(120)

  await using loss = await inject(lab, impair({ ...icmp, direction: 'forward', loss: '30%' }))
  const fewer = await pings(lab, 100)
  expect(fewer.length).toBeGreaterThanOrEqual(50)
  expect(fewer.length).toBeLessThanOrEqual(88)
  expect(median(fewer)).toBeGreaterThanOrEqual(100)

  await using cut = await inject(lab, block({ between: uplink, direction: 'reverse', what: { protocol: 'icmp' } }))
  expect(await pings(lab, 5)).toEqual([])
  await loss.heal()
  expect(await pings(lab, 5)).toEqual([])
  await cut.heal()
  const whole = await pings(lab, 50)
  expect([whole.length, median(whole) >= 100]).toEqual([50, true])

  await change(lab, slow, { delay: '300ms', variation: '50ms' })
  const changed = await pings(lab, 50)
  expect(changed).toHaveLength(50)
  expect(Math.min(...changed)).toBeGreaterThanOrEqual(250)
  expect(Math.max(...changed)).toBeLessThan(370)

  // Half a second of pings; those of the last 300 ms wait when the delay is healed.
  const underway = pings(lab, 100, 0.01)
  await lab.run('internet', 'sleep 0.5')
  await delay.heal()
  const all = await underway
  expect(all).toHaveLength(100)
  expect(median(await pings(lab, 50))).toBeLessThan(20)
  expect(await lab.wires.rules.written()).toEqual([])
})
