import { expect, test } from 'vitest'
import { failover, reversion, rowWith } from '../stages/made-stages.ts'
import { stageSteps } from './stages.ts'

test('an outage is a step, and each of its stages one within, at the times they had', () => {
  const [step, ...more] = stageSteps([rowWith(failover)])
  expect(more).toEqual([])
  expect(step).toMatchObject({
    name: 'stages of probe vpc-a-web-1 → internet forward during death of nat-gw-a-1: outage 358ms ± 2.0ms',
    fromNs: 12e9,
    toNs: 12.358e9,
  })
  expect(step?.steps.map(({ name }) => name)[0]).toBe(
    '+298ms detected, 298ms: BFD with nat-gw-a-1 down, control expired, bfdd at chassis-1 · BFD 3 × 100 ms: 200ms to 300ms',
  )
  expect(step?.steps.at(-1)).toMatchObject({ name: '+358ms unattributed, 4.0ms: first packet', toNs: 12.358e9 })
})

test('a loss that began later is told among them', () => {
  const names = stageSteps([rowWith(reversion, 'reversion')]).flatMap(({ steps }) => steps.map(({ name }) => name))
  expect(names[2]).toBe('+5.000s first lost: kernel route to 203.0.113.17/32 via nat-gw-a-1, kernel at internet')
})
