import { expect, test } from 'vitest'
import { Finding, LabError } from '../lab/errors.ts'
import { newHistory } from '../lab/history.ts'
import { machineKept } from './machine.ts'
import type { Check } from './verdict.ts'
import { verify } from './verify.ts'

const broken: Check = { claim: 'all is well', judge: () => ({ is: 'broken', because: 'all is well, was not' }) }

function withStall(lengthNs: number, after: 'fault' | 'nothing' = 'fault') {
  const history = newHistory()
  if (after === 'fault')
    history.record('chaos', { kind: 'fault', fault: 'death of x', phase: 'planned', targets: ['x'] })
  history.record('patchbay', { kind: 'stall', lengthNs })
  return history
}

test('a stall that can pass for a failure leaves the machine undecided', () => {
  expect(machineKept.judge(withStall(160e6))).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('160ms'),
  })
})

test('a short stall is told and harms nothing', () => {
  expect(machineKept.judge(withStall(60e6))).toMatchObject({
    is: 'upheld',
    measured: expect.stringContaining('60.0ms'),
  })
})

test('a stall before the first flow or fault is of bring-up, and counts for nothing', () => {
  expect(machineKept.judge(withStall(900e6, 'nothing'))).toMatchObject({ is: 'upheld' })
})

test('on a machine that stood still a broken claim is no finding', () => {
  expect(() => verify(withStall(160e6), [broken])).toThrow(LabError)
  expect(() => verify(withStall(60e6), [broken])).toThrow(Finding)
})
