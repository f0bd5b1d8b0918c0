import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { chainTo } from './chain.ts'
import { MS, type Signal, type Step } from './signal.ts'
import { wayOf } from './way.ts'

const way = wayOf(twoVpcs, { from: 'vpc-a-web-1', to: 'internet' }, 'forward')
const DEFAULT = { prefix: '0.0.0.0/0' }

const signal = (ms: number, step: Step, node: string, more: Partial<Signal> = {}): Signal => ({
  atNs: ms * MS,
  step,
  node,
  resolutionNs: 0,
  lateNs: 0,
  by: 'x',
  vpc: 'vpc-a',
  text: step,
  ...more,
})

const failover: readonly Signal[] = [
  signal(277, 'bfd', 'chassis-1', { peer: 'nat-gw-a-1' }),
  signal(278, 'session', 'chassis-1', { peer: 'nat-gw-a-1' }),
  signal(328, 'best-path', 'chassis-1', DEFAULT),
  signal(340, 'route', 'chassis-1', DEFAULT),
  signal(346, 'learned-route', 'SB', { ...DEFAULT, peer: 'chassis-1', lateNs: 20 * MS }),
  signal(347, 'logical-flows', 'SB', { lateNs: 20 * MS }),
  signal(349, 'openflow', 'chassis-1', { resolutionNs: MS, lateNs: 5 * MS }),
]

const chain = (signals: readonly Signal[], recoveryMs = 356, fromMs = 0) => {
  const recovery = { fromNs: (recoveryMs - 1) * MS, toNs: (recoveryMs + 1) * MS }
  const sorted = signals.toSorted((a, b) => a.atNs - b.atNs)
  const { links, gap } = chainTo(recovery, sorted, way, fromMs * MS)
  return {
    gap,
    links: links.map(({ signal: { step }, atNs, gap: open }) => [step, atNs / MS, ...(open ? ['gap'] : [])]),
  }
}
const without = (...steps: Step[]) => failover.filter(({ step }) => !steps.includes(step))
const whole = failover.map(({ step, atNs }) => [step, atNs / MS])

test('a chain leads from the first packet back to what noticed the fault', () => {
  expect(chain(failover)).toEqual({ gap: false, links: whole })
})

test('what happened to others, elsewhere, before or after plays no part', () => {
  const aside = [
    signal(-5, 'openflow', 'chassis-1'),
    signal(352, 'openflow', 'chassis-1', { vpc: 'vpc-b' }),
    signal(353, 'best-path', 'internet', { prefix: '203.0.113.17/32' }),
    signal(345, 'route', 'chassis-2', DEFAULT),
    signal(250, 'bfd', 'chassis-2', { peer: 'nat-gw-a-1' }),
    signal(400, 'openflow', 'chassis-1'),
  ]
  expect(chain([...failover, ...aside])).toEqual({ gap: false, links: whole })
})

test('what is stamped when it is read may come after what it brought about, and then counts as no later', () => {
  const late = failover.map((one) => (one.step === 'logical-flows' ? { ...one, atNs: 361 * MS } : one))
  expect(chain(late).links.slice(-3)).toEqual([
    ['learned-route', 346],
    ['logical-flows', 349],
    ['openflow', 349],
  ])
})

test('where something was stamped just before, that is the reason, and not what is stamped later', () => {
  const moved = [
    signal(430, 'tunnel', 'chassis-1', { peer: 'chassis-2' }),
    signal(433, 'claim', 'chassis-1', { port: 'cr-lrp-vpc-a-nat' }),
    signal(450, 'openflow', 'chassis-1'),
    signal(455, 'binding', 'SB', { port: 'cr-lrp-vpc-a-nat', lateNs: 20 * MS }),
  ]
  expect(chain(moved, 452)).toEqual({
    gap: false,
    links: [
      ['tunnel', 430],
      ['claim', 433],
      ['openflow', 450],
    ],
  })
})

test("a daemon's own stamp is never late: what it says afterwards is not the reason", () => {
  const odd = failover.map((one) => (one.step === 'best-path' ? { ...one, atNs: 341 * MS } : one))
  expect(chain(odd).links.slice(1, 3)).toEqual([
    ['session', 278],
    ['route', 340, 'gap'],
  ])
})

test.each<[string, Step[], unknown]>([
  ['a step in the middle', ['best-path'], [['session', 278], ['route', 340, 'gap']]], // biome-ignore format: pairs
  ['all of FRR', ['bfd', 'session', 'best-path'], [['route', 340, 'gap']]],
  ['the detection', ['bfd', 'session'], [['best-path', 328, 'gap'], ['route', 340]]], // biome-ignore format: pairs
  ['BFD alone: the session tells as much', ['bfd'], [['session', 278], ['best-path', 328]]], // biome-ignore format: pairs
])('without %s what was told counts, and the rest is a gap', (_, steps, begins) => {
  expect(chain(without(...steps)).links).toEqual(expect.arrayContaining(begins as unknown[]))
  expect(chain(without(...steps)).gap).toBe(false)
})

test('without the last step there is a gap before the packet', () => {
  const { gap, links } = chain(without('openflow'))
  expect(gap).toBe(true)
  expect(links.at(-1)).toEqual(['logical-flows', 347])
})

test('what a node did by itself is never explained by what others knew', () => {
  const route = signal(640, 'route', 'nat-gw-a-1', DEFAULT)
  const others = [signal(628, 'best-path', 'chassis-1', DEFAULT), signal(600, 'update-received', 'chassis-1', DEFAULT)]
  expect(chain([...others, route], 641).links).toEqual([['route', 640, 'gap']])
  const own = signal(590, 'session', 'nat-gw-a-1', { peer: 'chassis-1' })
  expect(chain([...others, own, route], 641).links).toEqual([
    ['session', 590],
    ['route', 640, 'gap'],
  ])
})

test('of nothing nothing follows', () => {
  expect(chain([])).toEqual({ gap: true, links: [] })
})

test('a second loss is explained by what came after the first', () => {
  const again = [
    signal(900, 'tunnel', 'chassis-1', { peer: 'chassis-2' }),
    signal(903, 'claim', 'chassis-1', { port: 'cr-lrp-vpc-a-nat' }),
    signal(910, 'openflow', 'chassis-1'),
  ]
  expect(chain([...failover, ...again], 912, 356)).toEqual({
    gap: false,
    links: [
      ['tunnel', 900],
      ['claim', 903],
      ['openflow', 910],
    ],
  })
})

test('a packet that was lost after its rule was there waited for something else', () => {
  const translation = signal(395, 'translation', 'nat-gw-a-2', { lostNs: 380 * MS })
  const inwards = wayOf(twoVpcs, { from: 'vpc-a-web-1', to: 'internet' }, 'reverse')
  const recovery = { fromNs: 394 * MS, toNs: 396 * MS }
  const { links } = chainTo(recovery, [...failover, translation], inwards, 0)
  expect(links.slice(-2)).toMatchObject([
    { signal: { step: 'openflow' }, gap: false },
    { signal: { step: 'translation' }, gap: true },
  ])
})
