import { expect, test } from 'vitest'
import type { Console } from '../engine/console.ts'
import { newHistory, ofKind } from '../history.ts'
import { parseWatch, watchMachine } from './machine-watch.ts'

test.each([
  ['stall 61234 1700000000000000', { kind: 'stall', lengthNs: 61_234_000 }],
  ['step -2000000 1700000000000000', { kind: 'clock', how: 'step', byNs: -2e9 }],
  ['drift 1008 1700000000000000', { kind: 'clock', how: 'drift', byNs: 1_008_000 }],
  ['steal 10000 30000 2 1700000000000000', { kind: 'steal', mostNs: 10e6, allNs: 30e6, cpus: 2 }],
])('%s', (line, body) => {
  expect(parseWatch(line)).toMatchObject({ body, unixUs: 1_700_000_000_000_000 })
})

test.each(['', 'stall', 'stall x 1', 'steal 1 2', 'steal 1 2 0 3', 'kernel\tlink up', '2026/01/01 step'])(
  "'%s' is no word of the watch",
  (line) => {
    expect(parseWatch(line)).toBeUndefined()
  },
)

/** A patchbay whose clock is so far from the runner's. */
function patchbay(history: ReturnType<typeof newHistory>, apartNs: number) {
  const listeners: ((line: string) => void)[] = []
  const says = (line: string) => {
    for (const listener of listeners) listener(line)
  }
  const console = {
    onLine: (listener: (line: string) => void) => void listeners.push(listener),
    try: async () => {
      const atNs = history.now() + apartNs
      says('watching')
      return { out: '', exit: 0, bracket: { fromNs: atNs, toNs: atNs } }
    },
  }
  return { console: console as unknown as Console, says }
}

test('a stall stands in the history at the instant that it began, by the clock of the watch', async () => {
  const history = newHistory()
  const { console, says } = patchbay(history, 0)
  await watchMachine(console, history)
  says(`stall 60000 ${(BigInt(history.epoch) + 5_000_000_000n) / 1000n}`)
  const [stall] = ofKind(history, 'stall')
  expect(Math.abs((stall?.atNs ?? 0) - 4.94e9)).toBeLessThanOrEqual(1e3)
})

test.each([
  ['ahead', 50e6],
  ['behind', -50e6],
])('a lab whose clock is %s of the runner’s is told of', async (_, apartNs) => {
  const history = newHistory()
  await watchMachine(patchbay(history, apartNs).console, history)
  const [clock] = ofKind(history, 'clock')
  expect(clock?.how).toBe('apart')
  expect(Math.abs((clock?.byNs ?? 0) - apartNs)).toBeLessThan(5e6)
})

test('one clock for both is nothing to tell', async () => {
  const history = newHistory()
  await watchMachine(patchbay(history, 0).console, history)
  expect(ofKind(history, 'clock')).toEqual([])
})
