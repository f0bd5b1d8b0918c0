import { expect, test } from 'vitest'
import { ScenarioError } from '../errors.ts'
import { aProbe } from './made-packets.ts'
import { newSightings, type TapEnd } from './sightings.ts'

const MS = 1e6
const S = 1e9
const GAP = 4 * MS
const flow = { id: 7, name: 'probe web → internet', from: 'web', to: 'internet', gapNs: GAP }

const end = (link: string, node: string, far?: string): TapEnd => ({
  link,
  node,
  device: 'eth0',
  far,
  transparent: node.startsWith('chassis'),
})
/** web ── chassis ══ gw-1, gw-2 ── internet; the fabric between chassis carries no bare probe. */
const ends = new Map([
  [1, end('web', 'web')],
  [2, end('web', 'chassis-1', 'web')],
  [3, end('lan-1', 'chassis-1')],
  [4, end('lan-1', 'gw-1')],
  [5, end('wan-1', 'gw-1', 'internet')],
  [6, end('wan-1', 'internet')],
  [13, end('lan-2', 'chassis-2')],
  [14, end('lan-2', 'gw-2')],
  [15, end('wan-2', 'gw-2', 'internet')],
  [16, end('wan-2', 'internet')],
])
const NAT = 0xcb007111

/** A lab in which probes run over the links above. */
function watch(options: Partial<Parameters<typeof newSightings>[0]> = {}) {
  const sightings = newSightings({ ends, ...options })
  sightings.follow(flow)
  /** Sees a probe at each end on its way, 0.1 ms apart; up to `until` ends of them. */
  const send = (kind: 'forward' | 'reverse', number: number, atNs: number, { gw = 1, until = 8 } = {}) => {
    const wan = gw === 1 ? [3, 4, 5, 6] : [13, 14, 15, 16]
    const way = kind === 'forward' ? [1, 2, ...wan] : [...wan.toReversed(), 2, 1]
    const probe = { ...aProbe, kind, number, sentUs: 1_760_000_000_000_000 + Math.round(atNs / 1e3) }
    way.slice(0, until).forEach((ifindex, i) => {
      const sourceIp = kind === 'forward' && i > 3 ? NAT : aProbe.sourceIp
      sightings.see(ifindex, i % 2 === 1, atNs + i * 0.1 * MS, { ...probe, sourceIp })
    })
  }
  const run = (fromNs: number, toNs: number, options: { gw?: number; until?: number } = {}) => {
    for (let ns = fromNs; ns < toNs; ns += GAP)
      for (const kind of ['forward', 'reverse'] as const) send(kind, ns / GAP + 1, ns, options)
  }
  return { sightings, send, run }
}

test('both directions are timed at the sender’s link and judged at the receiver’s', () => {
  const { sightings, send } = watch()
  send('forward', 1, 0)
  send('forward', 2, 4 * MS, { until: 5 })
  send('reverse', 1, 1 * MS)
  const [forward, reverse] = sightings.records(7, { closed: true })
  expect(forward).toMatchObject({
    flow: flow.name,
    direction: 'forward',
    numbers: [1, 2],
    inNs: [0, 4 * MS],
    outNs: [0.5 * MS, null],
  })
  expect(reverse).toMatchObject({
    flow: flow.name,
    direction: 'reverse',
    numbers: [1],
    inNs: [1 * MS],
    outNs: [1.5 * MS],
  })
})

test('the source is what the receiver’s link saw, the way is the gateway that handed the probe on', () => {
  const { sightings, send } = watch()
  send('forward', 1, 0)
  send('forward', 2, 4 * MS, { gw: 2 })
  send('reverse', 1, 0)
  const [forward, reverse] = sightings.records(7, { closed: true })
  expect(forward?.sources).toEqual([{ address: '203.0.113.17', count: 2, firstNs: 0.5 * MS, lastNs: 4.5 * MS }])
  expect(forward?.paths.map(({ via, count }) => [via, count])).toEqual([
    ['gw-1', 1],
    ['gw-2', 1],
  ])
  expect(reverse?.paths.map(({ via }) => via)).toEqual(['gw-1'])
})

test('a node that is only sent a copy has not carried the probe', () => {
  const { sightings, send } = watch()
  send('forward', 1, 0, { until: 4 })
  sightings.see(14, true, 0.35 * MS, { ...aProbe, sentUs: 1_760_000_000_000_000 })
  sightings.see(5, false, 0.4 * MS, { ...aProbe, sentUs: 1_760_000_000_000_000 })
  sightings.see(6, true, 0.5 * MS, { ...aProbe, sentUs: 1_760_000_000_000_000 })
  expect(sightings.records(7, { closed: true })[0]?.paths.map(({ via }) => via)).toEqual(['gw-1'])
})

test('a copy over another link of the receiver is a duplicate', () => {
  const { sightings, send } = watch()
  send('forward', 1, 0)
  send('forward', 1, 0, { gw: 2 })
  expect(sightings.tally(7, 'forward')).toEqual({ sent: 1, passed: 1, lost: 0, pending: 0, duplicates: 1 })
})

test('other flows, other devices and the packet that ends a flow are none of it', () => {
  const { sightings } = watch()
  sightings.see(1, false, 0, { ...aProbe, flow: 8 })
  sightings.see(99, false, 0, aProbe)
  sightings.see(1, false, 0, { ...aProbe, kind: 'stop' })
  sightings.see(6, true, 3 * MS, { ...aProbe, kind: 'stop' })
  expect(sightings.tally(7, 'forward').sent).toBe(0)
  expect(sightings.streamNs()).toBe(3 * MS)
})

test('links that come anew under other indexes are known at once', () => {
  const live = new Map(ends)
  const { sightings, send } = watch({ ends: live })
  live.delete(6)
  send('forward', 1, 0)
  live.set(6, end('wan-1', 'internet'))
  send('forward', 2, 4 * MS)
  expect(sightings.records(7, { closed: true })[0]?.outNs).toEqual([null, 4.5 * MS])
})

test('a probe is lost once the threshold has gone by in the stream, and pending before', () => {
  const { sightings, send } = watch()
  send('forward', 1, 0, { until: 5 })
  send('forward', 2, 2 * S - 1 * MS)
  expect(sightings.tally(7, 'forward')).toMatchObject({ lost: 0, pending: 1, passed: 1 })
  send('forward', 3, 2 * S + 4 * MS)
  expect(sightings.tally(7, 'forward')).toMatchObject({ lost: 1, pending: 0, passed: 2 })
})

test('the age of a pending probe counts from when it entered', () => {
  const { sightings, send } = watch()
  send('forward', 1, 50 * S)
  send('forward', 2, 50 * S + 4 * MS, { until: 5 })
  expect(sightings.tally(7, 'forward')).toMatchObject({ lost: 0, pending: 1 })
  expect(sightings.records(7, { closed: false })[0]?.numbers).toEqual([1])
})

test('another threshold holds where one is given', () => {
  const { sightings, send } = watch({ thresholdNs: 100 * MS })
  send('forward', 1, 0, { until: 5 })
  send('forward', 2, 200 * MS)
  expect(sightings.tally(7, 'forward').lost).toBe(1)
})

test('a record of a flow that still runs ends before the first probe that may yet pass', () => {
  const { sightings, send } = watch()
  send('forward', 1, 0, { until: 5 })
  send('forward', 2, 3 * S)
  send('forward', 3, 3 * S + 4 * MS, { until: 5 })
  send('forward', 4, 3 * S + 8 * MS)
  expect(sightings.records(7, { closed: false })[0]).toMatchObject({ numbers: [1, 2], outNs: [null, 3 * S + 0.5 * MS] })
  expect(sightings.records(7, { closed: true })[0]?.outNs).toEqual([null, 3 * S + 0.5 * MS, null, 3 * S + 8.5 * MS])
})

test('the live view counts what passed and knows the last of it', () => {
  const { sightings, run } = watch()
  expect(sightings.lastPassed(7, 'reverse')).toBeUndefined()
  run(0, 40 * MS)
  run(40 * MS, 60 * MS, { until: 5 })
  expect(sightings.lastPassed(7, 'reverse')).toEqual({ number: 10, inNs: 36 * MS, outNs: 36.5 * MS })
  expect(sightings.passedSince(7, 'reverse', 20 * MS)).toBe(5)
  expect(sightings.passedSince(7, 'reverse', 0)).toBe(10)
  expect(sightings.passedSince(7, 'reverse', 40 * MS)).toBe(0)
})

test('a record written while the flow runs ends before what may yet pass, and says how much is missing', () => {
  const { sightings, run, send } = watch()
  run(0, S)
  for (let ns = S; ns < 1.1 * S; ns += GAP) send('reverse', ns / GAP + 1, ns, { until: 3 })
  run(1.1 * S, 2 * S)
  const [forward, reverse] = sightings.records(7, { closed: false })
  expect(forward?.overdue).toBeUndefined()
  expect(forward?.numbers.length).toBeGreaterThan(400)
  expect(reverse).toMatchObject({ overdue: 25, outNs: expect.not.arrayContaining([null]) })
  expect(reverse?.numbers).toHaveLength(250)
  const [, closed] = sightings.records(7, { closed: true })
  expect(closed?.overdue).toBeUndefined()
  expect(closed?.outNs.filter((out) => out === null)).toHaveLength(25)
})

test('answered and sustained need both directions', () => {
  const { sightings, run, send } = watch()
  run(0, S)
  expect(sightings.answered(7, S).holds).toBe(true)
  expect(sightings.sustained(7, 0.5 * S, S).holds).toBe(true)
  for (let ns = S; ns < 1.2 * S; ns += GAP) send('forward', ns / GAP + 1, ns)
  for (let ns = S; ns < 1.2 * S; ns += GAP) send('reverse', ns / GAP + 1, ns, { until: 3 })
  const look = sightings.answered(7, 1.2 * S)
  expect(look.holds).toBe(false)
  expect(look.saw).toMatch(/^forward 20 of 20 probes passed in a row, reverse \d+ probes missing since 20\dms ago$/)
  expect(sightings.sustained(7, 0.5 * S, 1.2 * S).holds).toBe(false)
})

test('a flow is followed once, and asked about only while it is', () => {
  const { sightings } = watch()
  expect(() => sightings.follow(flow)).toThrow('flow 7 is being watched already, as probe web → internet')
  sightings.forget(7)
  expect(() => sightings.answered(7, 0)).toThrow(ScenarioError)
  sightings.follow(flow)
  expect(sightings.tally(7, 'forward').sent).toBe(0)
})

test('of a lost probe the record says how far it came, and where and when it was last seen', () => {
  const { sightings, send } = watch()
  send('forward', 1, 0)
  send('forward', 2, 4 * MS, { until: 1 })
  send('forward', 3, 8 * MS, { until: 4 })
  send('forward', 4, 12 * MS, { until: 5 })
  send('reverse', 1, 0, { until: 3 })
  const [forward, reverse] = sightings.records(7, { closed: true })
  expect(forward).toMatchObject({
    outNs: [0.5 * MS, null, null, null],
    reached: ['sender', 'way', 'receiver'],
    lastSeenNs: [4, 8.2, 12.4].map((ms) => expect.closeTo(ms * MS)),
  })
  expect(reverse).toMatchObject({ reached: ['way'], lastSeenNs: [expect.closeTo(0.2 * MS)] })
  expect(forward?.lostOn?.map(({ from, to, count }) => [from, to, count])).toEqual([
    ['chassis-1', 'fabric', 1],
    ['gw-1', 'internet', 1],
  ])
})
