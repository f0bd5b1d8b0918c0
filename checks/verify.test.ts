import { expect, test } from 'vitest'
import { Finding, LabError, reason, ScenarioError } from '../lab/errors.ts'
import { newHistory, ofKind } from '../lab/history.ts'
import { bothWays, MS, madeHistory } from '../lab/loss/made-history.ts'
import { generatorKept } from './generator.ts'
import { machineKept } from './machine.ts'
import { type Check, together, type Verdict } from './verdict.ts'
import { verify } from './verify.ts'

const check = (claim: string, verdict: Verdict): Check => ({ claim, judge: () => verdict })
const good = check('good', {
  is: 'upheld',
  measured: 'good: 1 of 1',
  measures: [{ name: 'lost', value: 1, unit: 'packets' }],
})
const bad = check('bad', { is: 'broken', because: 'bad, was worse' })
const evil = check('evil', { is: 'broken', because: 'evil, was worst', measured: 'evil: 7' })
const unknown = check('unknown', { is: 'undecided', because: 'unknown, saw 0 probes' })

function thrown(run: () => void): Error {
  try {
    run()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('nothing was thrown')
}

test('claims that hold let the scenario end', () => {
  const history = newHistory()
  expect(verify(history, [good, good])).toBeUndefined()
})

test('every verdict goes into the history, those on the generators and the machine among them', () => {
  const history = newHistory()
  thrown(() => verify(history, [good, bad, unknown]))
  const verdicts = ofKind(history, 'verdict').map(({ atNs: _, kind: __, ...verdict }) => verdict)
  expect(verdicts).toEqual([
    {
      source: 'scenario',
      claim: 'good',
      is: 'upheld',
      measured: 'good: 1 of 1',
      measures: [{ name: 'lost', value: 1, unit: 'packets' }],
    },
    { source: 'scenario', claim: 'bad', is: 'broken', measured: 'bad, was worse', measures: [] },
    { source: 'scenario', claim: 'unknown', is: 'undecided', measured: 'unknown, saw 0 probes', measures: [] },
    expect.objectContaining({ claim: generatorKept.claim, is: 'upheld' }),
    expect.objectContaining({ claim: machineKept.claim, is: 'upheld' }),
  ])
})

test('broken claims are a finding, one to a line, with what is unknown below', () => {
  const error = thrown(() => verify(newHistory(), [bad, unknown, good, evil]))
  expect(error).toBeInstanceOf(Finding)
  expect(error.message).toBe('broken: bad, was worse\nbroken: evil, was worst\n\nundecided: unknown, saw 0 probes')
  expect(reason(error)).toBe('broken: bad, was worse')
})

test('without a broken claim what is undecided is the lab’s fault', () => {
  const error = thrown(() => verify(newHistory(), [unknown, good, unknown]))
  expect(error).toBeInstanceOf(LabError)
  expect(error.message).toBe('undecided: unknown, saw 0 probes\nundecided: unknown, saw 0 probes')
})

test('claims that hold on a generator that did not are undecided', () => {
  const slow = bothWays({ gapNs: 8 * MS }).map((record) => ({ ...record, gapNs: 4 * MS }))
  const error = thrown(() => verify(madeHistory(slow), [good]))
  expect(error).toBeInstanceOf(LabError)
  expect(error.message).toMatch(/^undecided: every generator kept its rate, .* forward sent 125 pps of 250 pps asked/)
})

test('where a generator fell short nothing is found', () => {
  const slow = bothWays({ gapNs: 8 * MS }).map((record) => ({ ...record, gapNs: 4 * MS }))
  const error = thrown(() => verify(madeHistory(slow), [bad]))
  expect(error).toBeInstanceOf(LabError)
  expect(error.message).toMatch(/^undecided: every generator kept its rate, .*\n\nbroken: bad, was worse$/s)
})

test('what is found stands where a sender had time, and its own stack refused', () => {
  const refused = bothWays({ refused: [{ fromNs: 3e9, toNs: 5e9 }] })
  const error = thrown(() => verify(madeHistory(refused), [bad]))
  expect(error).toBeInstanceOf(Finding)
  expect(error.message).toMatch(/^broken: bad, was worse\n\nundecided: .* its own stack refused 20\.0%/)
})

test('to claim nothing is the author’s fault', () => {
  const error = thrown(() => verify(newHistory(), []))
  expect(error).toBeInstanceOf(ScenarioError)
  expect(error.message).toBe('verify was given no checks: nothing is claimed')
})

test.each([[[bad]], [[unknown]], [[]]])('the error points at the line that called', (checks) => {
  const { stack = '' } = thrown(() => verify(newHistory(), checks))
  const [frame] = stack.split('\n').filter((line) => line.trim().startsWith('at '))
  expect(frame).toContain('verify.test.ts')
})

test('evidence still being gathered is written down before the first claim is judged', () => {
  const history = newHistory()
  history.onSettle(() => history.record('taps', { kind: 'act', text: 'settled' }))
  const late: Check = {
    claim: 'late',
    judge: ({ events }) =>
      events.some((event) => event.kind === 'act')
        ? { is: 'upheld', measured: 'late' }
        : { is: 'broken', because: 'late' },
  }
  expect(verify(history, [late])).toBeUndefined()
})

const part = (is: Verdict['is']) => ({ is, text: `${is} text` })

test.each([
  [['upheld', 'upheld'], 'upheld'],
  [['upheld', 'undecided'], 'undecided'],
  [['undecided', 'broken', 'upheld'], 'broken'],
  [[], 'undecided'],
] as const)('parts %j together are %s', (parts, is) => {
  expect(together({ claim: 'it holds', parts: parts.map(part) }).is).toBe(is)
})
