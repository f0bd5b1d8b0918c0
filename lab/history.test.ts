import { afterEach, expect, test, vi } from 'vitest'
import { newHistory } from './history.ts'

afterEach(() => void vi.restoreAllMocks())

const HOUR = 3_600_000_000_000n

/** The wall clock is set an hour ahead. */
function setAhead(): void {
  const real = Temporal.Now.instant.bind(Temporal.Now)
  vi.spyOn(Temporal.Now, 'instant').mockImplementation(() => real().add({ hours: 1 }))
}

test('a history begins now, by the wall clock', () => {
  const before = Temporal.Now.instant().epochNanoseconds
  const epoch = BigInt(newHistory().epoch)
  const after = Temporal.Now.instant().epochNanoseconds
  // The clock is read to about a microsecond; 100 of them are room for an interruption.
  expect(epoch).toBeGreaterThanOrEqual(before - 100_000n)
  expect(epoch).toBeLessThanOrEqual(after + 100_000n)
})

test('a clock that is set bends no history that runs, and the next one reads it anew', () => {
  const history = newHistory()
  const first = history.now()
  setAhead()
  expect(history.now() - first).toBeLessThan(1e9)
  const apart = BigInt(newHistory().epoch) - BigInt(history.epoch)
  expect(apart).toBeGreaterThanOrEqual(HOUR)
  expect(apart).toBeLessThan(HOUR + 1_000_000_000n)
})
