import { expect, test } from 'vitest'
import { ScenarioError } from '../errors.ts'
import { both, NOTHING, type Rule, tallyOf, words } from './rule.ts'

/** The numbers of a rule by the names that wirectl.c gives them. */
function read(rule: Rule) {
  const numbers = words(rule).split(' ').map(Number)
  const [loss, duplicate, corrupt, worsen, recover, longest, layers, but, ...rest] = numbers
  const some = (list: readonly number[]) => list.filter((n) => n > 0)
  const match = { layers, but, kinds: some(rest.slice(0, 6)), peers: some(rest.slice(6)) }
  return { loss, duplicate, corrupt, worsen, recover, longest, ...match, numbers: numbers.length }
}

const nothing = { loss: 0, duplicate: 0 }

test('all of 2^32 is every packet, and nothing else is asked', () => {
  expect(read({ ...nothing, loss: 1 })).toEqual({
    ...{ loss: 2 ** 32, duplicate: 0, corrupt: 0, worsen: 0, recover: 0, longest: 0 },
    ...{ layers: 1, but: 0, kinds: [], peers: [], numbers: 22 },
  })
})

test('what is to be met is told kind by kind, and peers as numbers', () => {
  const match = {
    kinds: [{ protocol: 17, ports: [3784, 3785] }, { protocol: 'arp' }, { protocol: 89 }],
    but: true,
    headers: 'either',
    peers: ['172.20.0.2', '255.255.255.254'],
  } as const
  expect(read({ ...nothing, match })).toMatchObject({
    ...{ layers: 3, but: 1, peers: [0xac140002, 0xfffffffe] },
    kinds: [17 * 2 ** 32 + 3784 * 65536 + 3785, 0x0806 * 2 ** 32, 89 * 2 ** 32],
  })
  expect(read({ ...nothing, match: { headers: 'inner' } })).toMatchObject({ layers: 2 })
})

test('more peers than there is room for are refused', () => {
  const peers = Array.from({ length: 9 }, (_, i) => `10.0.0.${i + 1}`)
  expect(() => words({ ...nothing, match: { peers } })).toThrow(ScenarioError)
  expect(() => words({ ...nothing, match: { peers } })).toThrow('a rule has room for 8 peers, not 9')
})

test.each([
  [0.05, 8],
  [0.5, 1],
  [0.2, 3],
])('bursts lose %d of all packets, %d in a row: so says a stream of a million', (loss, bursts) => {
  const { worsen = 0, recover = 0 } = read({ ...nothing, loss, bursts })
  // Any even spread of numbers does; this one repeats itself (Knuth's line 26 of table 1).
  let state = 12345n
  const chance = (share: number) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n
    return Number(state >> 32n) < share
  }
  let [bad, lost, begun] = [false, 0, 0]
  for (let i = 0; i < 1e6; i++) {
    const before = bad
    if (chance(bad ? recover : worsen)) bad = !bad
    lost += bad ? 1 : 0
    begun += bad && !before ? 1 : 0
  }
  expect(lost / 1e6).toBeGreaterThan(loss * 0.97)
  expect(lost / 1e6).toBeLessThan(loss * 1.03)
  expect(lost / begun).toBeGreaterThan(bursts * 0.97)
  expect(lost / begun).toBeLessThan(bursts * 1.03)
})

test('what was counted is read in its order, and a stamp of 0 is none', () => {
  const counts = { passed: 1, lost: 2, oversized: 3, duplicated: 4, corrupted: 5 }
  expect(tallyOf([1n, 2n, 3n, 4n, 5n, 6n, 0n], Number)).toEqual({ ...counts, firstNs: 6, lastNs: null })
  expect(both({ ...NOTHING, ...counts, firstNs: 6 }, { ...NOTHING, ...counts, lastNs: 9 })).toEqual({
    ...{ passed: 2, lost: 4, oversized: 6, duplicated: 8, corrupted: 10 },
    ...{ firstNs: 6, lastNs: 9 },
  })
})
