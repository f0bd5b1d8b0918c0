import { expect, test } from 'vitest'
import { death } from '../lab/loss/made-history.ts'
import { held, madeSessions } from '../lab/traffic/made-traffic.ts'
import { newSessionsFail } from './new-sessions-fail.ts'

const S = 1e9
/** The fault is in force from 5 s to 8 s. */
const judge = (untilNs: number, refusedBy?: string) =>
  newSessionsFail({ of: held, during: death, by: 'timeout' }).judge(
    madeSessions({ refused: [[5 * S, untilNs]], ...(refusedBy !== undefined && { refusedBy }) }),
  )

test('when every new one fails in the way that was said, it is upheld', () => {
  expect(judge(8 * S, 'timeout')).toMatchObject({
    is: 'upheld',
    measured: expect.stringMatching(/: \d\d tried, \d\d timeout$/),
  })
})

test('one that is answered breaks it', () => {
  expect(judge(7.75 * S, 'timeout')).toMatchObject({
    is: 'broken',
    because: expect.stringMatching(/was 2 of \d\d answered$/),
  })
})

test('one that began when the fault had let go, and nobody had told so yet, breaks nothing', () => {
  const history = madeSessions({ refused: [[5 * S, 7.75 * S]], refusedBy: 'timeout' })
  const lapse = { kind: 'fault', fault: 'exhaustion for 2.7s', targets: ['nat-gw-a-1'] } as const
  history.record('chaos', { ...lapse, phase: 'applied' }, 5 * S)
  history.record('chaos', { ...lapse, phase: 'healing' }, 8 * S)
  history.record('chaos', { ...lapse, phase: 'healed', bracket: { fromNs: 7.7 * S, toNs: 7.76 * S } }, 8 * S)
  const claim = newSessionsFail({ of: held, during: { name: lapse.fault }, by: 'timeout' })
  expect(claim.judge(history)).toMatchObject({ is: 'upheld' })
})

test('one that fails in another way breaks it', () => {
  expect(judge(8 * S, 'reset')).toMatchObject({ is: 'broken', because: expect.stringMatching(/\d\d reset$/) })
})

test('failures of which nobody told how prove nothing', () => {
  expect(judge(8 * S)).toMatchObject({ is: 'undecided', because: expect.stringContaining('no error told') })
})
