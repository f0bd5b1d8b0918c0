import { expect, test } from 'vitest'
import { bothWays, MS, madeHistory, S, type Story, users } from '../lab/loss/made-history.ts'
import { noiseFloor } from './noise-floor.ts'

const claim = noiseFloor({ of: users, gap: '150ms', delay: '100ms' })
const judge = (story: Story, appliedNs?: number) =>
  claim.judge(madeHistory(bothWays(story), appliedNs === undefined ? undefined : { appliedNs }))

test('a quiet machine has a low floor, and its figures are told', () => {
  const direction = 'gaps up to 4.0ms, delay p99 1.0ms max 1.0ms, in 10.0s'
  expect(judge({})).toMatchObject({
    is: 'upheld',
    measured: `noise floor of probe vpc-a-web-1 → internet: forward ${direction}; reverse ${direction}`,
  })
  expect(
    judge({})
      .measures?.filter(({ name }) => name === 'longest_gap')
      .map(({ value }) => value),
  ).toEqual([4 * MS, 4 * MS])
})

test.each<[string, Story, string]>([
  ['a sender that stalls', { stalled: [{ fromNs: 2 * S, toNs: 2.2 * S }] }, 'forward gaps up to 204ms'],
  ['a path that holds packets back', { delayNs: 120 * MS }, 'forward gaps up to 4.0ms, delay p99 120ms'],
  ['a run of half a second', { endNs: 0.5 * S }, 'control run of 0.50s and 125 probes is too short'],
  ['a flow of which nothing arrives', { down: [{ fromNs: 0, toNs: 99 * S }] }, 'nothing arrived'],
])('%s makes the instrument unfit, which is no finding', (_, story, because) => {
  expect(judge(story)).toMatchObject({ is: 'undecided', because: expect.stringContaining(because) })
})

test('with a fault only what came before it counts', () => {
  expect(judge({ stalled: [{ fromNs: 6 * S, toNs: 7 * S }] }, 5 * S).is).toBe('upheld')
  expect(judge({ stalled: [{ fromNs: 4 * S, toNs: 4.5 * S }] }, 5 * S).is).toBe('undecided')
})
