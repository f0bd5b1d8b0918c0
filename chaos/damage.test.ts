import { expect, test } from 'vitest'
import { ScenarioError } from '../lab/errors.ts'
import { type Damage, sayDamage, sharesOf } from './damage.ts'

test.each([
  [{ loss: '5%', bursts: 8 }, 'loss of 5% in bursts of 8 of packets', { loss: 0.05, duplicate: 0, bursts: 8 }],
  [{ corrupt: '5%' }, 'corruption of 5% of packets', { loss: 0, duplicate: 0, corrupt: 0.05 }],
  [{ mtu: 1400 }, 'loss of packets above 1400 bytes', { loss: 0, duplicate: 0, longest: 1400 }],
  [
    { duplicate: '1%', mtu: 1400 },
    'duplication of 1% of packets and loss of packets above 1400 bytes',
    { loss: 0, duplicate: 0.01, longest: 1400 },
  ],
] as const)('%o', (damage, name, shares) => {
  expect([sayDamage(damage, 'packets'), sharesOf(damage)]).toEqual([name, shares])
})

test.each([
  [
    { loss: '60%', bursts: 1 },
    'no bursts of loss: 1 packets long with 60%; write a mean of at least 1, and at most 50.0% of loss',
  ],
  [{ loss: '10%', bursts: 0.5 }, 'no bursts of loss: 0.5 packets long with 10%'],
  [{ loss: '10%', bursts: Number.NaN }, 'no bursts of loss: NaN packets long with 10%'],
  [{ bursts: 8 }, 'no bursts of loss: 8 packets long with no loss'],
  [{ mtu: 67 }, 'no MTU: 67; write 68 to 65535 bytes, as in mtu: 1400'],
  [{ mtu: 1400.5 }, 'no MTU: 1400.5'],
] as const)('%o is refused', (damage: Damage, message) => {
  expect(() => sharesOf(damage)).toThrow(ScenarioError)
  expect(() => sharesOf(damage)).toThrow(message)
})
