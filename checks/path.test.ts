import { expect, test } from 'vitest'
import { bothWays, death, MS, madeHistory, S, users } from '../lab/loss/made-history.ts'
import { path } from './path.ts'

/** From 0 to 10 s, handed on by the standby until then and by the active gateway from then on. */
const backAt = (fromNs: number) =>
  bothWays({
    carried: [
      { via: 'nat-gw-a-2', fromNs: 0 },
      { via: 'nat-gw-a-1', fromNs },
    ],
  })
const back = (fromNs: number) =>
  path({ of: users, after: death, via: 'nat-gw-a-1' }).judge(
    madeHistory(backAt(fromNs), { appliedNs: 2 * S, healingNs: 8 * S }),
  )

test('a flow that came back while its routes settled goes the way that they say', () => {
  expect(back(9400 * MS)).toMatchObject({ is: 'upheld' })
})

test('one that still went the other way in the last half second does not', () => {
  expect(back(9600 * MS)).toMatchObject({
    is: 'broken',
    because: expect.stringContaining('was forward through nat-gw-a-2 and nat-gw-a-1'),
  })
})

test('one that never went the right way before the fault proves nothing', () => {
  const before = path({ of: users, before: death, via: 'nat-gw-a-1' })
  expect(before.judge(madeHistory(backAt(9 * S), { appliedNs: 2 * S }))).toMatchObject({ is: 'undecided' })
})
