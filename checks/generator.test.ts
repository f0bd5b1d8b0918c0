import { expect, test } from 'vitest'
import type { Direction, FlowRecord } from '../lab/events.ts'
import { bothWays, MS, madeHistory, madeRecord, S, users } from '../lab/loss/made-history.ts'
import { generatorKept } from './generator.ts'

const flow = { kind: 'flow', flow: users.name, from: 'vpc-a-web-1', to: 'internet', ratePps: 250 } as const

/** A flow that was started at 0 and, where told, stopped. */
function sent(records: readonly FlowRecord[], stoppedNs?: number) {
  const history = madeHistory(records)
  history.record('traffic', { ...flow, phase: 'started' }, 0)
  if (stoppedNs !== undefined) history.record('traffic', { ...flow, phase: 'stopped' }, stoppedNs)
  return history
}

test('a flow at its rate is upheld, with the rate of each direction', () => {
  const verdict = generatorKept.judge(sent(bothWays(), 12.5 * S))
  expect(verdict).toMatchObject({
    is: 'upheld',
    measured:
      'every generator kept its rate: generator of probe vpc-a-web-1 → internet forward sent 250 pps of 250 pps asked; ' +
      'generator of probe vpc-a-web-1 → internet reverse sent 250 pps of 250 pps asked',
  })
  expect(verdict.measures).toContainEqual({
    name: 'achieved_rate',
    value: 250,
    unit: 'pps',
    flow: users.name,
    direction: 'forward',
  })
})

test('a loss in the network is none of the generator’s', () => {
  expect(generatorKept.judge(sent(bothWays({ down: [{ fromNs: S, toNs: 9 * S }] }))).is).toBe('upheld')
})

test('below nine tenths of the rate it is undecided, with the figure', () => {
  expect(generatorKept.judge(sent(bothWays({ gapNs: 8 * MS })))).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('generator of probe vpc-a-web-1 → internet forward sent 125 pps of 250 pps asked'),
  })
  expect(generatorKept.judge(sent(bothWays({ stalled: [{ fromNs: 2 * S, toNs: 2.9 * S }] }))).is).toBe('upheld')
  expect(generatorKept.judge(sent(bothWays({ stalled: [{ fromNs: 2 * S, toNs: 3.1 * S }] }))).is).toBe('undecided')
})

test('a sender that was dead with its node is not called slow, and one that was beside it is', () => {
  const dead = bothWays({ stalled: [{ fromNs: 2 * S, toNs: 5 * S }] })
  const judged = (node: string) => {
    const history = sent(dead, 12.5 * S)
    const death = { kind: 'fault', fault: `death of ${node}`, targets: [node] } as const
    history.record('chaos', { ...death, phase: 'applied', bracket: { fromNs: 2 * S, toNs: 2 * S } }, 2 * S)
    history.record('chaos', { ...death, phase: 'healed', bracket: { fromNs: 4.5 * S, toNs: 5 * S } }, 5 * S)
    return generatorKept.judge(history)
  }
  expect(judged('nat-gw-a-1').is).toBe('undecided')
  expect(judged('vpc-a-web-1')).toMatchObject({
    is: 'undecided',
    because: expect.not.stringContaining('forward'),
  })
})

test('a pause that a fault and what it is part of both touch is left out once', () => {
  const history = sent(
    bothWays({
      stalled: [
        { fromNs: 2 * S, toNs: 5 * S },
        { fromNs: 8 * S, toNs: 10 * S },
      ],
    }),
    12.5 * S,
  )
  for (const fault of ['death of vpc-a-web-1', 'storm of 1 wave of 1 fault']) {
    const event = { kind: 'fault', fault, targets: ['vpc-a-web-1'] } as const
    history.record('chaos', { ...event, phase: 'applied', bracket: { fromNs: 2 * S, toNs: 2 * S } }, 2 * S)
    history.record('chaos', { ...event, phase: 'healed', bracket: { fromNs: 5 * S, toNs: 5 * S } }, 5 * S)
  }
  expect(generatorKept.judge(history)).toMatchObject({
    is: 'undecided',
    because: expect.stringMatching(/internet forward sent (19|20)\d pps of 250 pps asked/),
  })
})

test('one direction that falls short is enough', () => {
  const verdict = generatorKept.judge(sent([madeRecord(), madeRecord({ direction: 'reverse', gapNs: 8 * MS })]))
  expect(verdict).toMatchObject({
    is: 'undecided',
    because: expect.stringMatching(/rate, generator of .* reverse sent 125/),
  })
})

test('a sender that died long before the flow was stopped fell short', () => {
  expect(generatorKept.judge(sent(bothWays({ endNs: 10 * S }), 13 * S)).is).toBe('upheld')
  expect(generatorKept.judge(sent(bothWays({ endNs: 5 * S }), 13 * S))).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('forward sent 125 pps of 250 pps asked'),
  })
})

test('a flow that began late is measured from its first probe', () => {
  const late = bothWays({ stalled: [{ fromNs: 0, toNs: 5 * S }] })
  expect(generatorKept.judge(sent(late, 12.5 * S)).is).toBe('upheld')
  expect(generatorKept.judge(sent(late, 14 * S)).is).toBe('undecided')
})

test('a flow that sent nothing at all is undecided', () => {
  expect(generatorKept.judge(sent(bothWays({ endNs: 0 }), 10 * S))).toMatchObject({
    is: 'undecided',
    because: expect.stringMatching(/forward sent 0 pps of 250 pps asked$/),
  })
})

test('a far end that heard nothing was not asked to answer; one that heard was', () => {
  const silent = madeRecord({ direction: 'reverse', endNs: 0 })
  expect(generatorKept.judge(sent([madeRecord({ down: [{ fromNs: 0, toNs: 99 * S }] }), silent], 12 * S)).is).toBe(
    'upheld',
  )
  expect(generatorKept.judge(sent([madeRecord(), silent], 12 * S))).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('reverse sent 0 pps of 250 pps asked'),
  })
})

test('what the sender’s own stack refuses counts, by its word and by the holes in the numbers', () => {
  const said = (direction: Direction, errors: number) => {
    const history = sent(bothWays())
    history.record('vpc-a-web-1', {
      kind: 'generator',
      flow: users.name,
      direction,
      sent: 2500 - errors,
      latestNs: 0,
      errors,
    })
    return generatorKept.judge(history)
  }
  expect(said('forward', 125).is).toBe('upheld')
  expect(said('forward', 126)).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('its own stack refused 5.0%'),
  })
  expect(said('reverse', 500)).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('its own stack refused 20.0%'),
  })
  const holes = bothWays({ refused: [{ fromNs: 3 * S, toNs: 3.6 * S }] })
  expect(generatorKept.judge(sent(holes))).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('refused 6.0%'),
  })
})

test('what other flows and the other direction are told to do, or refuse, is theirs', () => {
  const history = sent(bothWays())
  const other = 'probe vpc-b-web-1 → internet'
  history.record('traffic', { ...flow, flow: other, phase: 'started', ratePps: 1000 }, 1 * S)
  for (const direction of ['forward', 'reverse'] as const)
    history.record('vpc-b-web-1', { kind: 'generator', flow: other, direction, sent: 0, latestNs: 0, errors: 900 })
  history.record('internet', {
    kind: 'generator',
    flow: users.name,
    direction: 'reverse',
    sent: 0,
    latestNs: 0,
    errors: 1,
  })
  const verdict = generatorKept.judge(history)
  expect(verdict).toMatchObject({
    is: 'undecided',
    because: expect.stringMatching(/reverse sent 250 pps of 250 pps asked, its own stack refused 100\.0%$/),
  })
  expect('because' in verdict && verdict.because).not.toContain('forward')
})

test('without a start in the history the record’s own gap is what was asked', () => {
  expect(generatorKept.judge(madeHistory(bothWays())).is).toBe('upheld')
  const slow = bothWays({ gapNs: 8 * MS }).map((record) => ({ ...record, gapNs: 4 * MS }))
  expect(generatorKept.judge(madeHistory(slow)).is).toBe('undecided')
})

test('of several records of a flow the last one counts, and no flow is no fault', () => {
  expect(generatorKept.judge(sent([...bothWays({ gapNs: 8 * MS }), ...bothWays()])).is).toBe('upheld')
  expect(generatorKept.judge(madeHistory([]))).toEqual({
    is: 'upheld',
    measured: 'every generator kept its rate: no flow was sent',
  })
})
