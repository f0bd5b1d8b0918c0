// Guard rails: what a fault may not hit is refused before it strikes, and what must not happen ends the run.

import { expect, test } from 'vitest'
import { Aborted, ScenarioError } from '../lab/errors.ts'
import { until } from '../lab/until.ts'
import { together } from './compose/together.ts'
import { inject } from './inject.ts'
import { madeFault, madeLab } from './made-lab.ts'
import { activeGateway, on } from './targets.ts'

const never = { name: 'rain', look: async () => ({ holds: false, saw: 'sun' }) }
const forever = { name: 'spring', look: async () => ({ holds: false, saw: 'winter' }) }

test('a fault within its blast radius strikes', async () => {
  const made = madeLab()
  for (const within of [{ nodes: ['nat-gw-a-1'] }, { tenants: ['tenant-1'] }])
    await (await inject(made.lab, madeFault(made), { within })).heal()
  expect(made.deeds.filter((deed) => deed === 'eclipse begins')).toHaveLength(2)
})

test.each([
  ['a node', { nodes: ['chassis-1'] }],
  ['nothing', {}],
])('a fault outside %s is refused before anything is touched', async (_, within) => {
  const made = madeLab()
  const refused = inject(made.lab, madeFault(made), { within })
  await expect(refused).rejects.toThrow(
    /^eclipse may strike nat-gw-a-1, outside the declared blast radius: (chassis-1|nothing)$/,
  )
  await expect(refused).rejects.toBeInstanceOf(ScenarioError)
  expect(made.deeds).toEqual([])
})

test('a target found only when it is struck is refused by all that it can be', async () => {
  const made = madeLab()
  const fault = together(on(activeGateway('vpc-a'), (node) => ({ ...madeFault(made), targets: [node] })))
  await expect(inject(made.lab, fault, { within: { nodes: ['chassis-1'] } })).rejects.toThrow('may strike nat-gw-a-1')
})

test('a blast radius of what is not there is refused', async () => {
  const made = madeLab()
  await expect(inject(made.lab, madeFault(made), { within: { tenants: ['tenant-9'] } })).rejects.toThrow(
    "no tenant 'tenant-9' in one-gateway; it has tenant-1",
  )
})

test('an abort condition that holds heals every fault, and the run says why it ended', async () => {
  const made = madeLab()
  let raining = false
  const rain = { name: 'rain', look: async () => ({ holds: raining, saw: 'three drops' }) }
  await inject(made.lab, madeFault(made, { name: 'comet' }))
  await inject(made.lab, madeFault(made), { abortIf: rain })
  const waiting = until(made.lab, forever, { within: '10s' })
  raining = true
  await expect(waiting).rejects.toThrow('aborted: rain during eclipse: three drops')
  await expect(waiting).rejects.toBeInstanceOf(Aborted)
  expect(await made.end()).toEqual([])
  expect(made.deeds.filter((deed) => deed.endsWith('ends')).sort()).toEqual(['comet ends', 'eclipse ends'])
  expect(made.blamed).toEqual([])
})

test('an abort condition that can no longer be told ends the run too', async () => {
  const made = madeLab()
  const lost = {
    name: 'rain',
    look: async () => {
      throw new Error('the gauge is gone')
    },
  }
  await inject(made.lab, madeFault(made), { abortIf: lost })
  await expect(until(made.lab, forever, { within: '10s' })).rejects.toThrow(
    'aborted: cannot tell any more whether rain: the gauge is gone',
  )
})

test('once a fault is healed, nothing aborts the run on its account', async () => {
  const made = madeLab()
  let looks = 0
  const counted = { name: 'rain', look: async () => ({ holds: ++looks < 0, saw: '' }) }
  const eclipse = await inject(made.lab, madeFault(made), { abortIf: [counted, never] })
  await eclipse.heal()
  const then = looks
  await expect(until(made.lab, forever, { within: '250ms' })).rejects.toThrow('waited 250ms for spring')
  expect(looks).toBe(then)
})

test('a run that is aborted while a fault strikes heals it at once', async () => {
  const made = madeLab()
  const striking = inject(made.lab, madeFault(made, { effective: false, apply: () => made.lab.abort('by hand') }))
  await expect(striking).rejects.toThrow('aborted: by hand')
  expect(made.deeds).toEqual(['baseline', 'eclipse begins', 'eclipse ends'])
})
