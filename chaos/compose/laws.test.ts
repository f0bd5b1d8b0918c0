// The laws of composing faults, each a test, on faults that do nothing.

import { expect, test } from 'vitest'
import { LabError, ScenarioError } from '../../lab/errors.ts'
import { ofKind } from '../../lab/history.ts'
import { until } from '../../lab/until.ts'
import type { Fault } from '../fault.ts'
import { inject } from '../inject.ts'
import { type MadeLab, madeFault, madeLab } from '../made-lab.ts'
import { after } from './after.ts'
import { inOrder } from './in-order.ts'
import { lasting } from './lasting.ts'
import { every, repeat } from './repeat.ts'
import { nothing, together } from './together.ts'

const named = (made: MadeLab, ...names: string[]) => names.map((name) => madeFault(made, { name }))
const broken = (made: MadeLab, name: string) =>
  madeFault(made, {
    name,
    apply: () => {
      throw new LabError(`${name} cannot be`)
    },
  })

/** What was done to the world, without the baseline. */
const deeds = ({ deeds: all }: MadeLab) => all.filter((deed) => deed !== 'baseline')

async function felt(made: MadeLab, fault: Fault): Promise<string[]> {
  const injected = await inject(made.lab, fault)
  await injected.heal()
  return deeds(made)
}

test('together of nothing is nothing', async () => {
  expect(await felt(madeLab(), nothing)).toEqual([])
})

test('together of one is that one', async () => {
  const [alone, wrapped] = [madeLab(), madeLab()]
  expect(await felt(wrapped, together(madeFault(wrapped)))).toEqual(await felt(alone, madeFault(alone)))
})

test('faults apply in order and heal in reverse', async () => {
  const made = madeLab()
  const [a, b, c] = named(made, 'a', 'b', 'c') as [Fault, Fault, Fault]
  const order = ['a begins', 'b begins', 'c begins', 'c ends', 'b ends', 'a ends']
  expect(await felt(made, together(a, together(b, c)))).toEqual(order)
  const again = madeLab()
  const [d, e, f] = named(again, 'a', 'b', 'c') as [Fault, Fault, Fault]
  expect(await felt(again, together(together(d, e), f))).toEqual(order)
  const escalated = madeLab()
  expect(await felt(escalated, inOrder(...named(escalated, 'a', 'b', 'c')))).toEqual(order)
})

test.each([
  ['together', together],
  ['inOrder', inOrder],
])('%s of faults, one of which does not apply, leaves nothing broken', async (_, compose) => {
  const made = madeLab()
  const [a, b] = named(made, 'a', 'b') as [Fault, Fault]
  await expect(inject(made.lab, compose(a, b, broken(made, 'c')))).rejects.toThrow('c cannot be')
  expect(deeds(made)).toEqual(['a begins', 'b begins', 'b ends', 'a ends'])
})

test('a heal that fails does not keep the others from healing', async () => {
  const made = madeLab()
  const stuck = madeFault(made, {
    name: 'b',
    heal: () => {
      throw new LabError('b is stuck')
    },
  })
  const [a, c] = named(made, 'a', 'c') as [Fault, Fault]
  const injected = await inject(made.lab, together(a, stuck, c))
  await expect(injected.heal()).rejects.toThrow('b is stuck')
  expect(deeds(made)).toEqual(['a begins', 'b begins', 'c begins', 'c ends', 'a ends'])
})

test('a composition is refused where one of its parts is', async () => {
  const made = madeLab()
  const refused = madeFault(made, {
    check: () => {
      throw new ScenarioError('no such node')
    },
  })
  for (const compose of [together, inOrder])
    await expect(inject(made.lab, compose(madeFault(made), refused))).rejects.toThrow(ScenarioError)
  expect(made.deeds).toEqual([])
})

test('together bites when all bite', async () => {
  const made = madeLab()
  const blunt = madeFault(made, { name: 'b', effective: false })
  await expect(inject(made.lab, together(madeFault(made), blunt), { effectiveWithin: '20ms' })).rejects.toThrow(
    /^invalid: eclipse and b did not bite/,
  )
  expect(deeds(made).slice(-2)).toEqual(['b ends', 'eclipse ends'])
})

test('in order, each bites before the next strikes', async () => {
  const made = madeLab()
  await inject(made.lab, inOrder(...named(made, 'a', 'b')))
  const told = made.phases()
  expect(told.indexOf('a effective')).toBeLessThan(told.indexOf('b applied'))
})

test('a fault that lasts ends by itself, no sooner than it says, and only once', async () => {
  const made = madeLab()
  const eclipse = await inject(made.lab, lasting(madeFault(made), '30ms'))
  await until(made.lab, eclipse.ended, { within: '2s' })
  await eclipse.heal()
  const [applied, healed] = ['applied', 'healed'].map((phase) =>
    ofKind(made.history, 'fault').find((e) => e.phase === phase),
  )
  expect((healed?.bracket?.fromNs ?? 0) - (applied?.bracket?.fromNs ?? 0)).toBeGreaterThanOrEqual(30e6)
  expect(deeds(made)).toEqual(['eclipse begins', 'eclipse ends'])
})

test('a fault that lasts until something holds ends then, and is invalid if it never does', async () => {
  const made = madeLab()
  const dawn = { name: 'dawn', look: async () => ({ holds: deeds(made).length > 0, saw: 'night' }) }
  const eclipse = await inject(made.lab, lasting(madeFault(made), { until: dawn, within: '1s' }))
  await until(made.lab, eclipse.ended, { within: '2s' })
  const never = { name: 'dawn', look: async () => ({ holds: false, saw: 'night' }) }
  const other = await inject(made.lab, lasting(madeFault(made), { until: never, within: '20ms' }))
  await expect(until(made.lab, other.ended, { within: '2s' })).rejects.toThrow(/waited .* for dawn; last saw night/)
  expect(deeds(made).at(-1)).toBe('eclipse ends')
})

test('a fault that lasts heals at once when asked', async () => {
  const made = madeLab()
  const eclipse = await inject(made.lab, lasting(madeFault(made), '60s'))
  await eclipse.heal()
  expect(deeds(made)).toEqual(['eclipse begins', 'eclipse ends'])
  expect(await made.end()).toEqual([])
})

test('of a fault that does not end by itself, nobody can wait for the end', async () => {
  const made = madeLab()
  const eclipse = await inject(made.lab, madeFault(made))
  await expect(until(made.lab, eclipse.ended, { within: '1s' })).rejects.toThrow(ScenarioError)
})

test('a fault that repeats strikes so often, each strike proved and healed before the next', async () => {
  const made = madeLab()
  const flap = await inject(made.lab, repeat(madeFault(made), { times: 3, lasting: '5ms', every: '40ms' }))
  await until(made.lab, flap.ended, { within: '5s' })
  expect(deeds(made)).toEqual(Array(3).fill(['eclipse begins', 'eclipse ends']).flat())
  const told = made.phases()
  for (const i of [1, 2, 3])
    expect(told.filter((line) => line.startsWith(`eclipse (${i} of 3)`)).map((line) => line.split(') ')[1])).toEqual([
      'applied',
      'effective',
      'healing',
      'healed',
      'gone',
    ])
  expect(told.filter((line) => /every 40ms (applied|healed)/.test(line))).toHaveLength(2)
  const when = (i: number, phase: string) =>
    ofKind(made.history, 'fault').find((e) => e.fault === `eclipse (${i} of 3)` && e.phase === phase)?.atNs ??
    Number.NaN
  for (const i of [1, 2, 3]) expect(when(i, 'healing') - when(i, 'applied')).toBeGreaterThanOrEqual(5e6)
})

test('healed early, what repeats ends at once, also in its last strike', async () => {
  const made = madeLab()
  const flap = await inject(made.lab, repeat(madeFault(made), { times: 1, lasting: '30s', every: '60s' }))
  await flap.heal()
  expect(deeds(made)).toEqual(['eclipse begins', 'eclipse ends'])
  expect(await made.end()).toEqual([])
})

test('what repeats without end goes on until it is healed', async () => {
  const made = madeLab()
  const flap = await inject(made.lab, every('20ms', madeFault(made), { lasting: '2ms' }))
  await until(
    made.lab,
    { name: 'three', look: async () => ({ holds: deeds(made).length >= 6, saw: '' }) },
    { within: '5s' },
  )
  await flap.heal()
  const then = deeds(made).length
  expect(deeds(made).filter((deed) => deed.endsWith('ends'))).toHaveLength(then / 2)
  expect(await made.end()).toEqual([])
})

test('a strike that does not bite makes the whole schedule invalid, and leaves nothing broken', async () => {
  const made = madeLab()
  const blunt = madeFault(made, { effective: false })
  await expect(inject(made.lab, repeat(blunt, { times: 2, lasting: '5ms', every: '50ms' }))).rejects.toThrow(
    'did not bite',
  )
  expect(deeds(made)).toEqual(['eclipse begins', 'eclipse ends'])
})

test('one after another: what ends by itself is over before the next strikes', async () => {
  const made = madeLab()
  const [a, b] = named(made, 'a', 'b') as [Fault, Fault]
  const both = await inject(made.lab, inOrder(lasting(a, '10ms'), lasting(b, '10ms')))
  await until(made.lab, both.ended, { within: '2s' })
  expect(deeds(made)).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
})

test('a fault after something strikes once it holds, and never if it does not', async () => {
  const made = madeLab()
  const holds = { name: 'dusk', look: async () => ({ holds: true, saw: 'dusk' }) }
  await inject(made.lab, after(holds, madeFault(made), { within: '1s' }))
  const never = { name: 'dusk', look: async () => ({ holds: false, saw: 'noon' }) }
  const late = inject(made.lab, after(never, madeFault(made), { within: '20ms' }))
  await expect(late).rejects.toThrow(/waited .* for dusk; last saw noon/)
  expect(deeds(made)).toEqual(['eclipse begins'])
})

test.each([
  ['no times', { times: 0, lasting: '1s', every: '2s' }],
  ['strikes that overlap', { times: 2, lasting: '2s', every: '1s' }],
  ['jitter beyond all', { times: 2, lasting: '1s', every: '2s', jitter: 1 }],
  ['no length', { times: 2, lasting: '1 day' as '1s', every: '2s' }],
] as const)('a schedule with %s is refused before anything starts', (_, schedule) => {
  expect(() => repeat(madeFault(madeLab()), schedule)).toThrow(ScenarioError)
})
