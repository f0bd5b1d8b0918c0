import { expect, test } from 'vitest'
import { death, MS, madeHistory, madeRecord, S } from './made-history.ts'
import { stretchOf } from './stretch.ts'

const struck = { appliedNs: 3 * S, widthNs: 10 * MS, healingNs: 7 * S, letGoNs: 8 * S }

/** The record of a flow whose delay changes at an instant. */
function delayed(fromNs: number, delayNs: number) {
  const record = madeRecord()
  return { ...record, outNs: record.inNs.map((ns) => ns + (ns >= fromNs ? delayNs : MS)) }
}

test('both stretches of a fault meet, earlier by what a packet takes from the sender to the fault', () => {
  const history = madeHistory([], struck)
  const record = delayed(2.5 * S, 40 * MS)
  expect(stretchOf(history, record, { during: death })).toEqual({
    fromNs: 2.96 * S,
    toNs: 6.96 * S,
    fault: { name: death.name, struckNs: 2.96 * S, origin: { fromNs: 3 * S, toNs: 3.01 * S } },
  })
  expect(stretchOf(history, record, { after: death })).toEqual({
    fromNs: 6.96 * S,
    toNs: Number.POSITIVE_INFINITY,
    fault: {
      name: death.name,
      struckNs: 2.96 * S,
      origin: { fromNs: 8 * S, toNs: 8.01 * S },
      letGo: { fromNs: 7.96 * S, toNs: 8.01 * S },
    },
  })
})

test('a delay that the fault itself brings, even while it takes hold, moves no edge', () => {
  const history = madeHistory([], { ...struck, widthNs: 500 * MS })
  const brought = delayed(2.9 * S, 300 * MS)
  expect(stretchOf(history, brought, { during: death })).toMatchObject({ fromNs: 2.999 * S })
})

test('a delay of longer ago than a second moves no edge', () => {
  const record = madeRecord()
  const outNs = record.inNs.map((ns) => ns + (ns < 1.9 * S ? 300 : 1) * MS)
  expect(stretchOf(madeHistory([], struck), { ...record, outNs }, { during: death })).toMatchObject({
    fromNs: 2.999 * S,
  })
})

test('a fault that is not healed lasts to the end', () => {
  const history = madeHistory([], { appliedNs: 3 * S })
  expect(stretchOf(history, madeRecord(), { during: death })).toMatchObject({ toNs: Number.POSITIVE_INFINITY })
})
