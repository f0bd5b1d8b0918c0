import { expect, test } from 'vitest'
import type { Hold } from './hold.ts'
import { newHolds } from './holds.ts'

const hold: Hold = { delayNs: 1e8, variationNs: 2e7, rateBps: 1e6, queueNs: 5e7, overtake: 0.25 }
const [one, other] = [
  { key: 1, slot: 0 },
  { key: 2, slot: 3 },
]

/** wirectl, with what it tells of held packets: PACKETS MISSED TAKEN RELEASED DROPPED OVERTOOK MOST FIRST LAST P99 LATEST. */
function made(answers: readonly (readonly number[])[] = []) {
  const requests: string[] = []
  const left = answers.map((numbers) => numbers.map(BigInt))
  const ask = async (request: string) => {
    requests.push(request)
    return request.startsWith('held') ? (left.shift() ?? []) : [10n, 20n]
  }
  return { holds: newHolds(ask, Number), requests }
}

test('rules that hold nothing back cost no request', async () => {
  const { holds, requests } = made()
  await holds.begin([{ place: one, hold: undefined }])
  expect(await holds.change([{ place: one, hold: undefined }])).toBeUndefined()
  expect(await holds.heldAt(one)).toBeUndefined()
  expect(await holds.end([one])).toBe(0)
  expect(requests).toEqual([])
})

test('all places are told in one request, and what is changed to nothing holds nothing', async () => {
  const { holds, requests } = made()
  await holds.begin([
    { place: one, hold },
    { place: other, hold },
  ])
  expect(await holds.change([{ place: one, hold: undefined }])).toEqual([10n, 20n])
  expect(requests).toEqual([
    'hold 1 0 100000000 20000000 1000000 50000000 1073741824 2 3 100000000 20000000 1000000 50000000 1073741824',
    'hold 1 0 0 0 0 0 0',
  ])
})

test('it waits for what is held to go on', async () => {
  const { holds, requests } = made([
    [10, 0, 10, 7, 1, 0, 5, 1, 2, 3, 4],
    [10, 0, 10, 9, 1, 0, 5, 1, 2, 3, 4],
  ])
  await holds.begin([{ place: one, hold }])
  expect(await holds.end([one])).toBe(0)
  expect(requests.slice(1)).toEqual(['held 1 0', 'held 1 0'])
})

test('a place that is free again is asked nothing', async () => {
  const { holds } = made([[10, 2, 10, 7, 1, 3, 5, 100, 200, 30, 40]])
  await holds.begin([{ place: one, hold }])
  expect(await holds.heldAt(one)).toEqual({
    packets: 10,
    missed: 2,
    released: 7,
    dropped: 1,
    overtook: 3,
    most: 5,
    firstNs: 100,
    lastNs: 200,
    lateP99Ns: 30,
    lateMostNs: 40,
  })
  holds.forget([one])
  expect(await holds.heldAt(one)).toBeUndefined()
})
