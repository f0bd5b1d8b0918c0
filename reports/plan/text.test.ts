import { expect, test } from 'vitest'
import type { Break, Step } from '../../lab/plan/plan.ts'
import { planText } from './text.ts'

const silence: Break = {
  does: 'break',
  fault: 'isolation of nat-gw-a-1',
  strikes: ['nat-gw-a-1'],
  abortIf: [],
  effectiveWithin: '2s',
  restoredWithin: '60s',
}
const wait = (within: '5s' | '10s'): Step => ({ does: 'wait', condition: 'rain', within })
const heal: Step = { does: 'heal', fault: silence.fault }
const judge: Step = { does: 'judge', claims: ['outage at most 1s'] }

const lines = (...steps: Step[]) => planText({ test: 'it holds', steps }).split('\n')
const about = (word: string, ...steps: Step[]) =>
  lines(...steps)
    .find((line) => line.trim().startsWith(word))
    ?.trim()

test('a fault is in force until it is healed, and no longer than all waits before that allow', () => {
  expect(about('in force', silence, wait('5s'), wait('10s'), heal, wait('5s'), judge)).toMatch(
    /until step 4, at most 15\.0s of waits$/,
  )
})

test('a fault that is let go of at the end of its block is in force until then', () => {
  expect(about('in force', silence, wait('5s'), judge, heal)).toMatch(
    / until the scenario ends, at most 5\.00s of waits$/,
  )
  expect(about('in force', silence, wait('5s'), judge)).toMatch(/ until the scenario ends, /)
})

test('a fault that ends by itself says how', () => {
  expect(about('in force', { ...silence, ends: 'after 2s' }, wait('5s'), heal, judge)).toMatch(
    / ends by itself after 2s; until step 3 in any case, /,
  )
})

test('a fault that is changed while it is in force says to what', () => {
  expect(about('2  change', silence, { does: 'change', fault: 'loss of 10%', to: 'loss of 30%' }, heal, judge)).toBe(
    '2  change   loss of 10%, to loss of 30%',
  )
})

test('what may abort it and where it may strike is told, also that nothing was declared', () => {
  expect(about('aborted', { ...silence, abortIf: ['rain'] })).toMatch(/ once rain; by npm run heal, by Ctrl-C$/)
  expect(about('blast radius', { ...silence, confinedTo: ['tenant-1'] })).toMatch(/ tenant-1$/)
  expect(about('blast radius', silence)).toMatch(/ not declared: what it may strike$/)
})

test('each step has its number, and letting go of streams is none of them', () => {
  const told = lines({ does: 'send', traffic: 'probe' }, judge, { does: 'stop', traffic: 'probe' })
  expect(told.filter((line) => /^ +\d+ {2}/.test(line))).toEqual(['   1  send     probe', '   2  judge    1 claim'])
})

test('all waits are added up: those of the story, and each fault until it shows and until all serves again', () => {
  expect(lines(silence, wait('5s'), heal, wait('10s'), judge).at(-1)).toBe('      waits at most 1.3min in all')
})

test('a plan that ends before its scenario says why', () => {
  const told = planText({ test: 'it holds', steps: [wait('5s')], unplanned: 'what the SB says is not known' })
  expect(told).toContain('from here on it depends on what is seen: what the SB says is not known')
})
