// A scenario on a lab of which nothing is there: each verb notes what it would do, in the order of the
// story, and refuses what cannot be with the line that a run would have.

import { expect, test } from 'vitest'
import { twoVpcs } from '../fixtures/two-vpcs.ts'
import { startLab, until } from '../lab/index.ts'
import { newPlan } from '../lab/plan/plan.ts'
import { activeGateway, inject, isolate, kill, lasting, on, repeat, restartProcess, together } from './index.ts'

const rain = { name: 'rain', look: async () => ({ holds: false, saw: 'sun' }) }

async function planned() {
  const plan = newPlan()
  return { plan, lab: await startLab(twoVpcs, { plan }) }
}

test('what would be done is noted in the order of the story', async () => {
  const { plan, lab } = await planned()
  const silence = await inject(lab, isolate('nat-gw-a-1'), { within: { tenants: ['tenant-1'] }, abortIf: rain })
  await until(lab, rain, { within: '5s' })
  await silence.heal()
  await silence[Symbol.asyncDispose]()
  expect(plan.steps).toEqual([
    { does: 'start', topology: 'two-vpcs', nodes: 19, links: 22 },
    {
      does: 'break',
      fault: 'isolation of nat-gw-a-1',
      strikes: ['nat-gw-a-1'],
      confinedTo: ['tenant-1'],
      abortIf: ['rain'],
      effectiveWithin: '2s',
      restoredWithin: '60s',
    },
    { does: 'wait', condition: 'rain', within: '5s' },
    { does: 'heal', fault: 'isolation of nat-gw-a-1' },
  ])
})

test('a target that is found only when it is struck is planned as all that it can be', async () => {
  const { plan, lab } = await planned()
  await inject(lab, on(activeGateway('vpc-a'), kill))
  expect(plan.steps.at(-1)).toMatchObject({ strikes: ['nat-gw-a-1', 'nat-gw-a-2'] })
})

test.each([
  ['after 2s', lasting(isolate('nat-gw-a-1'), '2s')],
  ['once rain, within 9s', lasting(isolate('nat-gw-a-1'), { until: rain, within: '9s' })],
  ['after 9.00s', repeat(isolate('nat-gw-a-1'), { times: 3, lasting: '1s', every: '4s' })],
  ['once it has been started again', restartProcess('central', 'ovn-northd')],
  ['after 2s, after 3s', together(lasting(isolate('nat-gw-a-1'), '2s'), lasting(isolate('nat-gw-b-1'), '3s'))],
])('a fault that ends by itself says how: %s', async (ends, fault) => {
  const { plan, lab } = await planned()
  const injected = await inject(lab, fault)
  await until(lab, injected.ended, { within: '10s' })
  expect(plan.steps.slice(-2)).toMatchObject([{ ends }, { does: 'wait', condition: `${fault.name} to be over` }])
})

test.each([
  ['a node', kill('nat-gw-c-1'), {}, "no node 'nat-gw-c-1' in two-vpcs; "],
  ['a daemon', restartProcess('central', 'northd'), {}, "no daemon 'northd' on central; "],
  ['a place', kill('nat-gw-a-1'), { within: { nodes: ['chassis-1'] } }, 'outside the declared blast radius'],
])('what cannot be is refused as in a run: %s', async (_, fault, options, message) => {
  const { lab } = await planned()
  await expect(inject(lab, fault, options)).rejects.toThrow(message)
})

test('the end of a fault that has none, and a wait without a length, are refused as in a run', async () => {
  const { lab } = await planned()
  const silence = await inject(lab, isolate('nat-gw-a-1'))
  expect(() => silence.ended).toThrow('isolation of nat-gw-a-1 does not end by itself')
  await expect(until(lab, rain, { within: '5 sec' as '5s' })).rejects.toThrow("no duration: '5 sec'")
})

test('what only a lab that runs can tell ends the plan', async () => {
  const { lab } = await planned()
  expect(() => lab.southbound).toThrow(
    'cannot be planned any further: what the SB says is not known before the lab runs',
  )
})
