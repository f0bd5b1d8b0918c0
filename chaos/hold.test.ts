import { expect, test } from 'vitest'
import { ScenarioError } from '../lab/errors.ts'
import type { Held } from '../lab/patchbay/hold.ts'
import { NOTHING } from '../lab/patchbay/rule.ts'
import type { Standing } from '../lab/patchbay/rules.ts'
import type { Lab } from '../lab/types.ts'
import { damaged } from './damage.ts'
import { holdOf, sayHold, waited } from './hold.ts'
import { impair } from './impair.ts'
import { imposed } from './imposed.ts'

test('what waits is told in ns, bit/s and shares of one', () => {
  expect(holdOf({ delay: '100ms', variation: '20ms', reorder: '25%' })).toEqual({
    delayNs: 100e6,
    variationNs: 20e6,
    overtake: 0.25,
    rateBps: 0,
    queueNs: 0,
  })
  expect(holdOf({ rate: '1Mbps' })).toMatchObject({ delayNs: 0, rateBps: 1e6, queueNs: 100e6 })
  expect(holdOf({})).toBeUndefined()
})

test.each([
  [{ variation: '20ms' }, "variation wants a delay, as in delay: '100ms'"],
  [{ reorder: '25%' }, "reorder wants a delay, as in delay: '100ms'"],
  [{ queue: '50ms' }, "queue wants a rate, as in rate: '1Mbps'"],
  [{ delay: '0ms' }, "no delay: '0ms'; write more than 0 and at most 10000ms"],
  [{ delay: '11s' }, "no delay: '11s'; write more than 0 and at most 10000ms"],
  [{ delay: '10ms', variation: '20ms' }, "no variation of the delay: '20ms'; write more than 0 and at most 10ms"],
  [{ rate: '1kbps' }, "no rate of a link: '1kbps'; write 12kbps to 10Gbps"],
  [{ delay: '10ms', reorder: '0%' }, "no percentage: '0%'; write more than 0% and at most 100%, as in '10%'"],
] as const)('%o is refused in one line', (wait, because) => {
  expect(() => holdOf(wait)).toThrow(new ScenarioError(because))
})

test('it bears its name in the words of whoever asked', () => {
  expect(sayHold({ delay: '100ms', variation: '20ms', reorder: '25%', rate: '1Mbps' })).toEqual([
    'delay of 100ms ± 20ms',
    'reordering of 25%',
    'rate of 1Mbps with a queue of 100ms',
  ])
  expect(impair({ between: 'nat-gw-a-1:eth1', delay: '20ms', loss: '1%' }).name).toBe(
    'delay of 20ms and loss of 1% of packets on nat-gw-a-1:eth1',
  )
})

const held: Held = {
  packets: 40,
  missed: 0,
  released: 30,
  dropped: 2,
  overtook: 0,
  most: 9,
  firstNs: 1,
  lastNs: 2,
  lateP99Ns: 2e5,
  lateMostNs: 1e6,
}
const told = (more: Partial<Held>) => [{ ...NOTHING, held: { ...held, ...more } }]

test('it bites once packets waited and went on, and those that were to overtake did', () => {
  expect(waited({ delay: '20ms' }, [NOTHING]).holds).toBe(false)
  expect(waited({ delay: '20ms' }, told({ released: 0 })).holds).toBe(false)
  expect(waited({ delay: '20ms' }, told({}))).toEqual({
    holds: true,
    saw: '40 held, at most 9 at once, 2 dropped at the queue, released up to 200us late (p99), 1.0ms (max)',
  })
  expect(waited({ delay: '20ms', reorder: '25%' }, told({})).holds).toBe(false)
  expect(waited({ delay: '20ms', reorder: '25%' }, told({ overtook: 1 })).holds).toBe(true)
})

test('where packets were lost because nobody held them, it did not bite', () => {
  expect(waited({ delay: '20ms' }, told({ missed: 3 }))).toMatchObject({
    holds: false,
    saw: expect.stringContaining('3 dropped because nobody held them'),
  })
})

test('packets that nobody took in time make a run invalid once it is healed, whenever they came', async () => {
  const bracket = { fromNs: 0, toNs: 1 }
  const after = (missed: number) =>
    imposed(
      {
        bracket,
        tally: async () => told({ missed }),
        lift: async () => bracket,
        stands: async () => false,
      } as unknown as Standing,
      damaged({ delay: '20ms' }),
    ).restored.look(undefined as unknown as Lab)
  expect((await after(0)).holds).toBe(true)
  await expect(after(3)).rejects.toThrow(
    /^invalid: the wire dropped 3 packets that were to wait, because nobody took them/,
  )
})
