import { expect, test } from 'vitest'
import type { RequestCounts } from '../traffic/events.ts'
import { newSeconds, type SecondsOptions } from './seconds.ts'

const S = 1e9

function made(options: Partial<SecondsOptions> = {}) {
  const told: [fromS: number, toS: number, parts: readonly RequestCounts[]][] = []
  const seconds = newSeconds({ names: ['GET /'], fromNs: 0, scheduled: true, ...options }, (fromNs, toNs, parts) =>
    told.push([fromNs / S, toNs / S, parts]),
  )
  const spans = () => told.map(([from, to]) => [from, to])
  return { seconds, told, spans }
}

test('a second is told when it is over and nothing of it is open', () => {
  const { seconds, spans } = made()
  seconds.next(1 * S)
  expect(spans()).toEqual([[0, 1]])
  const late = seconds.now()
  late.open++
  seconds.next(2 * S)
  seconds.next(3 * S)
  expect(spans()).toEqual([[0, 1]])
  seconds.close(late)
  seconds.next(4 * S)
  expect(spans()).toEqual([
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 4],
  ])
})

test('a request counts in the second in which it was sent, however late it ends', () => {
  const { seconds, told } = made()
  const first = seconds.now()
  first.open++
  first.counts[0]?.sent()
  first.due[0] = 1
  seconds.next(1 * S)
  seconds.now().due[0] = 5
  first.counts[0]?.failed('timeout')
  seconds.close(first)
  seconds.next(2 * S)
  expect(told[0]?.[2]).toMatchObject([{ name: 'GET /', asked: 1, sent: 1, answered: 0, errors: { timeout: 1 } }])
  expect(told[1]?.[2]).toMatchObject([{ asked: 5, sent: 0, errors: {} }])
})

test('where nobody knows what is open, it is told when nothing can be any more', () => {
  const { seconds, spans } = made({ graceNs: 1.5 * S })
  seconds.next(1 * S)
  seconds.next(2 * S)
  expect(spans()).toEqual([])
  seconds.next(3 * S)
  expect(spans()).toEqual([[0, 1]])
  expect(seconds.at(1.2 * S).fromNs).toBe(1 * S)
  expect(seconds.at(0.5 * S).fromNs).toBe(1 * S)
  expect(seconds.at(9 * S).fromNs).toBe(3 * S)
})

test('at the end all is told, and what has not ended is in neither', () => {
  const { seconds, told } = made({ scheduled: false })
  const first = seconds.now()
  first.open++
  first.counts[0]?.sent()
  seconds.next(1 * S)
  seconds.last(1.4 * S)
  expect(told.map(([from, to, [part]]) => [from, to, part?.asked, part?.answered, part?.errors])).toEqual([
    [0, 1, 1, 0, {}],
    [1, 1.4, 0, 0, {}],
  ])
})
