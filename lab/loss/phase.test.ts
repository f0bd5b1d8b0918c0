import { expect, test } from 'vitest'
import { death, MS, madeHistory, madeRecord, S } from './made-history.ts'
import { phases, stretchIn } from './phase.ts'
import { stretchOf } from './stretch.ts'
import { type FaultWindow, faultWindows } from './strike.ts'

const at = (ns: number) => ({ fromNs: ns, toNs: ns + MS })
const fault = (name: string, appliedNs: number, healedNs?: number): FaultWindow => ({
  fault: name,
  targets: [],
  applied: at(appliedNs),
  ...(healedNs !== undefined && { healing: healedNs, healed: at(healedNs + MS) }),
})
const names = (...windows: FaultWindow[]) => phases(windows).map(({ name }) => name)

test('a run is cut where faults take hold and where healing begins, and each part is told by what cut it', () => {
  expect(names()).toEqual(['before'])
  expect(names(fault('a', 1))).toEqual(['before', 'during a'])
  expect(names(fault('a', 1, 2))).toEqual(['before', 'during a', 'after a'])
  expect(names(fault('a', 1, 2), fault('b', 3, 4))).toEqual([
    'before',
    'during a',
    'after a, before b',
    'during b',
    'after b',
  ])
  expect(names(fault('a', 1, 3), fault('b', 2, 4))).toEqual([
    'before',
    'during a, before b',
    'during a and b',
    'during b, after a',
    'after b',
  ])
})

test('the parts meet, from end to end', () => {
  const parts = phases([fault('a', 1, 30), fault('b', 20, 40)])
  expect(parts.map(({ fromNs }) => fromNs)).toEqual([Number.NEGATIVE_INFINITY, 1, 20, 30, 40])
  expect(parts.map(({ toNs }) => toNs)).toEqual([1, 20, 30, 40, Number.POSITIVE_INFINITY])
})

test('what bears the name of a claim is the stretch of that claim', () => {
  const history = madeHistory([], { appliedNs: 3 * S, widthNs: 10 * MS, healingNs: 7 * S, letGoNs: 8 * S })
  const record = madeRecord({ delayNs: 40 * MS })
  const stretches = phases(faultWindows(history.events)).map((phase) => stretchIn(phase, record))
  expect(stretches.slice(1)).toEqual([
    stretchOf(history, record, { during: death }),
    stretchOf(history, record, { after: death }),
  ])
})
