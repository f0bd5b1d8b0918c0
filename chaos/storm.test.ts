// The laws of storms, on faults that do nothing.

import { expect, test } from 'vitest'
import { ScenarioError } from '../lab/errors.ts'
import { until } from '../lab/until.ts'
import type { Entry } from './catalogue/index.ts'
import { inject } from './inject.ts'
import { type MadeLab, madeFault, madeLab, type Ways } from './made-lab.ts'
import { storm } from './storm.ts'

/** Kinds of faults, each on a thing of its own or on one that it shares with another. */
const kinds = (made: MadeLab, things: Readonly<Record<string, string>>, ways: Ways = {}): Entry[] =>
  Object.entries(things).map(([kind, thing]) => ({
    kind,
    survivable: 'it does nothing',
    cases: () => [{ fault: madeFault(made, { ...ways, name: kind }), touches: [thing] }],
  }))

const deeds = ({ deeds: all }: MadeLab) => all.filter((deed) => deed !== 'baseline')
const usual = { waves: 2, atOnce: 2, lasting: ['30ms', '60ms'] } as const

async function rage(made: MadeLab, of: Entry[], options: Partial<Parameters<typeof storm>[0]> = {}) {
  const weather = await inject(made.lab, storm({ ...usual, of, ...options }))
  await until(made.lab, weather.ended, { within: '10s' })
  await weather.heal()
}

test('a storm strikes as often as it says, heals each, and ends by itself', async () => {
  const made = madeLab()
  await rage(made, kinds(made, { rain: 'sky', quake: 'ground' }))
  expect(deeds(made).filter((deed) => deed.endsWith('begins'))).toHaveLength(4)
  expect(deeds(made).filter((deed) => deed.endsWith('ends'))).toHaveLength(4)
  expect(await made.end()).toEqual([])
})

test('the same seed makes the same storm', async () => {
  const once = async () => {
    const made = madeLab()
    await rage(made, kinds(made, { rain: 'a', quake: 'b', fire: 'c', flood: 'd' }), { waves: 4 })
    return made.phases().filter((phase) => phase.endsWith('applied'))
  }
  expect(await once()).toEqual(await once())
})

/** How many were in force at the same time, at most. */
function most(made: MadeLab): number {
  let [now, found] = [0, 0]
  for (const deed of deeds(made)) {
    now += deed.endsWith('begins') ? 1 : -1
    found = Math.max(found, now)
  }
  return found
}

test('faults that touch one thing are never in force together, and a wave of them is smaller', async () => {
  const made = madeLab()
  await rage(made, kinds(made, { rain: 'sky', hail: 'sky' }), { waves: 4 })
  expect([most(made), deeds(made).length]).toEqual([1, 8])
})

test('faults of a wave that touch nothing in common are in force together', async () => {
  const made = madeLab()
  await rage(made, kinds(made, { a: '1', b: '2', c: '3', d: '4' }), { atOnce: 4, lasting: ['300ms', '300ms'] })
  expect(most(made)).toBe(4)
})

test('a storm that is healed early is over at once, and leaves nothing', async () => {
  const made = madeLab()
  const of = kinds(made, { rain: 'a', quake: 'b' })
  const weather = await inject(made.lab, storm({ ...usual, waves: 50, lasting: ['40s', '60s'], of }))
  const begun = { name: 'rain', look: async () => ({ holds: deeds(made).length >= 2, saw: 'sun' }) }
  await until(made.lab, begun, { within: '5s' })
  await weather.heal()
  expect(deeds(made).filter((deed) => deed.endsWith('ends'))).toHaveLength(2)
  expect(await made.end()).toEqual([])
})

test('a fault that does not bite makes the storm invalid, and leaves nothing', async () => {
  const made = madeLab()
  const weather = await inject(made.lab, storm({ ...usual, of: kinds(made, { rain: 'sky' }, { effective: false }) }))
  await expect(until(made.lab, weather.ended, { within: '20s' })).rejects.toThrow('did not bite')
  expect(deeds(made)).toEqual(['rain begins', 'rain ends'])
})

test.each([
  ['of no waves', { waves: 0 }, 'no number of waves: 0; write 1 or more'],
  ['of half a fault', { atOnce: 0.5 }, 'no number of faults: 0.5; write 1 or more'],
  ['whose faults last less than at least', { lasting: ['2s', '1s'] as const }, 'cannot last from 2s to 1s'],
])('a storm %s is refused', (_, options, message) => {
  expect(() => storm({ ...usual, of: [], ...options })).toThrow(message)
})

test.each([
  ['that may draw nothing', { of: [] }, 'one-gateway survives no fault of those that the storm may draw'],
  ['that spares somebody who is not there', { spare: ['nat-gw-c-1'] }, "no node 'nat-gw-c-1' in one-gateway"],
])('a storm %s is refused before anything is touched', async (_, options, message) => {
  const made = madeLab()
  const refused = inject(made.lab, storm({ ...usual, of: kinds(made, { rain: 'sky' }), ...options }))
  await expect(refused).rejects.toThrow(message)
  await expect(refused).rejects.toBeInstanceOf(ScenarioError)
  expect(made.deeds).toEqual([])
})

test('what is spared is struck by nobody', async () => {
  const made = madeLab()
  const refused = inject(made.lab, storm({ ...usual, of: kinds(made, { rain: 'sky' }), spare: ['nat-gw-a-1'] }))
  await expect(refused).rejects.toThrow('survives no fault')
})
