// The laws of injecting, each a test. They hold for every fault, so they are proved on a fault that
// does nothing.

import { expect, test } from 'vitest'
import { LabError, ScenarioError } from '../lab/errors.ts'
import { ofKind } from '../lab/history.ts'
import { inject } from './inject.ts'
import { madeFault, madeLab } from './made-lab.ts'

const soon = { effectiveWithin: '30ms', restoredWithin: '30ms' } as const

test('a fault is planned, applied, effective; then healing, healed, gone', async () => {
  const made = madeLab()
  const eclipse = await inject(made.lab, madeFault(made))
  expect(made.phases()).toEqual(['eclipse planned', 'eclipse applied', 'eclipse effective'])
  await eclipse.heal()
  expect(made.phases().slice(3)).toEqual(['eclipse healing', 'eclipse healed', 'eclipse gone'])
})

test('a fault is applied at the start of its bracket, and its proof is what was seen', async () => {
  const made = madeLab()
  await inject(made.lab, madeFault(made))
  const [, applied, effective] = ofKind(made.history, 'fault')
  expect(applied?.atNs).toBe(applied?.bracket?.fromNs)
  expect(effective).toMatchObject({ proof: 'so it is', targets: ['nat-gw-a-1'] })
})

test('the baseline is noted before the fault is applied', async () => {
  const made = madeLab()
  await inject(made.lab, madeFault(made))
  expect(made.deeds).toEqual(['baseline', 'eclipse begins'])
})

test('healing twice heals once', async () => {
  const made = madeLab()
  const eclipse = await inject(made.lab, madeFault(made))
  await Promise.all([eclipse.heal(), eclipse.heal()])
  await eclipse[Symbol.asyncDispose]()
  await made.end()
  expect(made.deeds.filter((deed) => deed === 'eclipse ends')).toHaveLength(1)
  expect(made.blamed).toEqual([])
})

test('letting go of a fault heals it', async () => {
  const made = madeLab()
  {
    await using _eclipse = await inject(made.lab, madeFault(made))
  }
  expect(made.deeds.at(-1)).toBe('eclipse ends')
})

test('faults still in force when the lab ends heal in reverse', async () => {
  const made = madeLab()
  await inject(made.lab, madeFault(made, { name: 'eclipse' }))
  await inject(made.lab, madeFault(made, { name: 'comet' }))
  expect(await made.end()).toEqual([])
  expect(made.deeds.slice(-2)).toEqual(['comet ends', 'eclipse ends'])
})

test('what cannot be is refused before anything is touched or told', async () => {
  const made = madeLab()
  const check = () => {
    throw new ScenarioError("no node 'moon' in one-gateway")
  }
  await expect(inject(made.lab, madeFault(made, { check }))).rejects.toThrow(ScenarioError)
  expect(made.deeds).toEqual([])
  expect(made.history.events).toEqual([])
})

test('a fault that fails to apply leaves no heal behind', async () => {
  const made = madeLab()
  const apply = () => {
    throw new LabError('the sun does not answer')
  }
  await expect(inject(made.lab, madeFault(made, { apply }))).rejects.toThrow('the sun does not answer')
  expect(await made.end()).toEqual([])
  expect(made.deeds).toEqual(['baseline'])
  expect(made.phases()).toEqual(['eclipse planned'])
})

test('a fault that is never effective is healed, and makes the run invalid, not failed', async () => {
  const made = madeLab()
  const injected = inject(made.lab, madeFault(made, { effective: false }), soon)
  await expect(injected).rejects.toThrow(
    /^invalid: eclipse did not bite: waited \d.*ms for darkness; last saw no sign of it$/,
  )
  await expect(injected).rejects.toBeInstanceOf(LabError)
  expect(made.deeds.at(-1)).toBe('eclipse ends')
  expect(made.phases()).not.toContain('eclipse effective')
})

test('a heal that fails rejects when asked for', async () => {
  const made = madeLab()
  const heal = () => {
    throw new LabError('the moon is stuck')
  }
  const eclipse = await inject(made.lab, madeFault(made, { heal }))
  await expect(eclipse.heal()).rejects.toThrow('the moon is stuck')
  expect(made.phases()).not.toContain('eclipse healed')
})

test('a heal that fails is blamed when disposed, and nothing is thrown', async () => {
  const made = madeLab()
  const heal = () => {
    throw new LabError('the moon is stuck')
  }
  const eclipse = await inject(made.lab, madeFault(made, { heal }))
  await eclipse[Symbol.asyncDispose]()
  expect(made.blamed).toEqual(['heal eclipse: the moon is stuck'])
})

test('a fault that let go of what does not serve again is not gone', async () => {
  const made = madeLab()
  const eclipse = await inject(made.lab, madeFault(made, { restored: false }), soon)
  await expect(eclipse.heal()).rejects.toThrow(
    /^eclipse healed, but waited \d.*ms for daylight; last saw no sign of it$/,
  )
  expect(made.phases().at(-1)).toBe('eclipse healed')
})

test('a test that is told to stop while a fault takes effect leaves the heal to the end of the lab', async () => {
  const stop = new AbortController()
  const made = madeLab({ signal: stop.signal })
  const injected = inject(made.lab, madeFault(made, { effective: false, apply: () => stop.abort() }))
  await expect(injected).rejects.toThrow('aborted')
  expect(made.deeds.at(-1)).toBe('eclipse begins')
  expect(await made.end()).toEqual([])
  expect(made.phases().at(-1)).toBe('eclipse healed')
})
