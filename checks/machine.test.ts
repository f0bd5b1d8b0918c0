import { expect, test } from 'vitest'
import { Finding, LabError } from '../lab/errors.ts'
import type { EventBody } from '../lab/events.ts'
import { newHistory } from '../lab/history.ts'
import { MS, madeHistory, madeRecord, S } from '../lab/loss/made-history.ts'
import { machineKept } from './machine.ts'
import type { Check } from './verdict.ts'
import { verify } from './verify.ts'

const broken: Check = { claim: 'all is well', judge: () => ({ is: 'broken', because: 'all is well, was not' }) }

/** A history in which a fault strikes after 1 s, unless nothing does, and this happens. */
function happening(events: readonly (readonly [EventBody, atNs: number])[], { used = true } = {}) {
  const history = newHistory()
  if (used) history.record('chaos', { kind: 'fault', fault: 'death of x', phase: 'planned', targets: ['x'] }, 1e9)
  for (const [body, atNs] of events) history.record('patchbay', body, atNs)
  return history
}

const stall = (lengthNs: number) => ({ kind: 'stall', lengthNs }) as const
const step = (byNs: number) => ({ kind: 'clock', how: 'step', byNs }) as const
const steal = (mostNs: number, allNs = mostNs) => ({ kind: 'steal', mostNs, allNs, cpus: 2 }) as const

test('a machine that kept time says so', () => {
  expect(machineKept.judge(happening([]))).toEqual({ is: 'upheld', measured: 'no stall above 50ms, steal 0.0%' })
})

test('a stall that can pass for a failure leaves the machine undecided', () => {
  expect(machineKept.judge(happening([[stall(160e6), 2e9]]))).toEqual({
    is: 'undecided',
    because:
      'the machine stood still: the longest of 1 stalls was 160ms, at +2.00s, and more than 150ms can pass for a failure',
  })
})

test('attempts are measured from when they began', () => {
  const history = newHistory()
  history.record('patchbay', stall(160e6), 2e9)
  const tried = { kind: 'attempt', from: 'a', to: 'b', protocol: 'tcp', outcome: 'silent', saw: '' } as const
  history.record('a', { ...tried, sinceNs: 3e9 }, 4e9)
  expect(machineKept.judge(history).is).toBe('upheld')
  history.record('patchbay', stall(160e6), 5e9)
  expect(machineKept.judge(history).is).toBe('undecided')
})

test('a short stall is told and harms nothing', () => {
  expect(machineKept.judge(happening([[stall(60e6), 2e9]]))).toMatchObject({
    is: 'upheld',
    measured: 'the longest of 1 stalls was 60.0ms, at +2.00s, steal 0.0%',
  })
})

test('short stalls that come together do what a long one does', () => {
  const twice = (secondNs: number) =>
    machineKept.judge(
      happening([
        [stall(80e6), 2e9],
        [stall(90e6), secondNs],
      ]),
    ).is
  expect(twice(2.2e9)).toBe('undecided')
  expect(twice(2.3e9)).toBe('upheld')
  expect(
    machineKept.judge(
      happening([
        [stall(80e6), 2e9],
        [stall(90e6), 2.2e9],
      ]),
    ),
  ).toEqual({
    is: 'undecided',
    because:
      'the machine stood still 2 times within 300ms, for 170ms in all, at +2.00s, and more than 150ms can pass for a failure',
  })
})

test('packets held up before any fault leave the machine undecided, those of a fault do not', () => {
  const held = (fromNs: number) =>
    machineKept.judge(
      madeHistory([madeRecord({ delayed: [{ fromNs, toNs: fromNs + S, delayNs: 120 * MS }] })], {
        appliedNs: 6 * S,
        healingNs: 8 * S,
      }),
    )
  expect(held(2 * S)).toMatchObject({
    is: 'undecided',
    because: expect.stringMatching(
      /^the machine holds packets up: before any fault .* was 120ms at p99, and above 100/,
    ),
  })
  expect(held(6.5 * S).is).toBe('upheld')
})

test('what the hypervisor took is told as a share of all CPUs since the lab was used', () => {
  const history = happening([
    [steal(20e6, 30e6), 2e9],
    [steal(30e6), 3e9],
    [stall(60e6), 6e9],
  ])
  expect(machineKept.judge(history)).toMatchObject({ is: 'upheld', measured: expect.stringMatching(/, steal 0\.6%$/) })
})

test('as much steal from one CPU in a detection time as a stall may be long leaves the machine undecided', () => {
  const history = happening([
    [steal(40e6), 2e9],
    [steal(150e6, 160e6), 3e9],
  ])
  expect(machineKept.judge(history)).toEqual({
    is: 'undecided',
    because: 'the hypervisor took 150ms of 300ms from one CPU, at +3.00s, and more than 150ms can pass for a failure',
  })
})

test('stalls and steal before the first flow or fault are of bring-up, and count for nothing', () => {
  const bad: readonly (readonly [EventBody, number])[] = [
    [stall(900e6), 0.5e9],
    [steal(900e6), 0.6e9],
  ]
  for (const used of [true, false])
    expect(machineKept.judge(happening(bad, { used }))).toEqual({
      is: 'upheld',
      measured: 'no stall above 50ms, steal 0.0%',
    })
})

test('a clock that stepped leaves the machine undecided, by how much, whenever it did', () => {
  for (const used of [true, false])
    expect(machineKept.judge(happening([[step(-2e9), 0.5e9]], { used }))).toEqual({
      is: 'undecided',
      because: 'the clock stepped by −2.00s at +500ms, and all stamps with it',
    })
})

test('a clock that goes on stepping is named three times', () => {
  const history = happening([1, 2, 3, 4, 5].map((s) => [{ kind: 'clock', how: 'drift', byNs: 1.2e6 }, s * 1e9]))
  expect(machineKept.judge(history)).toMatchObject({
    because: expect.stringMatching(/^the clock drifted by \+1\.2ms at \+1\.00s.*; and 2 times more$/),
  })
})

test('clocks that are apart leave the machine undecided', () => {
  expect(machineKept.judge(happening([[{ kind: 'clock', how: 'apart', byNs: 50e6 }, 0]]))).toMatchObject({
    is: 'undecided',
    because: 'the lab’s clock is +50.0ms off the runner’s'.replaceAll('’', "'"),
  })
})

test('on a machine that did not keep time a broken claim is no finding', () => {
  for (const bad of [stall(160e6), step(2e6), steal(200e6)])
    expect(() => verify(happening([[bad, 2e9]]), [broken])).toThrow(LabError)
  expect(() => verify(happening([[stall(60e6), 2e9]]), [broken])).toThrow(Finding)
})
