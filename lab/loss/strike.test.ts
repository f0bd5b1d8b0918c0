import { expect, test } from 'vitest'
import { bothWays, death, madeHistory, S } from './made-history.ts'
import { faultWindows, strikeOf } from './strike.ts'

const struck = { appliedNs: 3 * S, widthNs: 10e6, healingNs: 7 * S, letGoNs: 8 * S }

test('a strike is told with its brackets', () => {
  expect(strikeOf(madeHistory(bothWays(), struck), death)).toEqual({
    applied: { fromNs: 3 * S, toNs: 3.01 * S },
    healed: { beganNs: 7 * S, letGo: { fromNs: 8 * S, toNs: 8.01 * S } },
  })
})

test('a fault whose heal has only begun let go then, at the earliest', () => {
  const history = madeHistory([], { appliedNs: 3 * S })
  history.record('chaos', { kind: 'fault', fault: death.name, phase: 'healing', targets: [] }, 7 * S)
  expect(strikeOf(history, death)).toMatchObject({ healed: { beganNs: 7 * S, letGo: { fromNs: 7 * S, toNs: 7 * S } } })
})

test('an event without a bracket happened when it was recorded', () => {
  const history = madeHistory([])
  history.record('chaos', { kind: 'fault', fault: death.name, phase: 'applied', targets: [] }, 3 * S)
  expect(strikeOf(history, death)).toEqual({ applied: { fromNs: 3 * S, toNs: 3 * S } })
})

test('a fault that struck twice has two windows, and no one strike to count from', () => {
  const history = madeHistory([], struck)
  const again = { kind: 'fault', fault: death.name, targets: ['nat-gw-a-1'] } as const
  history.record('chaos', { ...again, phase: 'applied' }, 9 * S)
  history.record('chaos', { ...again, phase: 'effective', proof: 'no process left' }, 9.1 * S)
  expect(faultWindows(history.events)).toMatchObject([
    { applied: { fromNs: 3 * S }, healing: 7 * S, healed: { fromNs: 8 * S } },
    { applied: { fromNs: 9 * S }, proof: 'no process left' },
  ])
  expect(strikeOf(history, death)).toBe('death of nat-gw-a-1 was applied more than once')
})
