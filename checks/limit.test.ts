import { expect, test } from 'vitest'
import { profiles, withTimers } from '../fixtures/timers.ts'
import { twoVpcs } from '../fixtures/two-vpcs.ts'
import { twoVpcsOspf } from '../fixtures/two-vpcs-ospf.ts'
import { limit } from './limit.ts'

const { fast } = profiles

test.each([
  ['nothing but a busy host', {}, '500ms'],
  ['BFD, one speaker and a turn of OVN', { detectedBy: 'bfd', speakers: 1, ovn: 1 }, '960ms'],
  ['the tunnels', { detectedBy: 'tunnel-bfd', ovn: 2 }, '1300ms'],
  ['two ends that wait by their own clocks', { keepalives: 1, speakers: 1, ovn: 1 }, '1660ms'],
  ['ten thousand prefixes', { speakers: 2, prefixes: 10_000, ovn: 1 }, '5720ms'],
  ['the hold time', { detectedBy: 'hold-time', speakers: 2 }, '3620ms'],
] as const)('%s make a limit', (_, turns, expected) => {
  expect(limit(fast, turns)).toBe(expected)
})

const { timers: ospf } = twoVpcsOspf

test.each([
  ['shortest paths and two speakers', { spf: 1, speakers: 2, ovn: 1 }, '780ms'],
  ['the dead interval', { detectedBy: 'dead-interval', spf: 1 }, '3560ms'],
  ['two ends whose hellos come apart', { hellos: 1 }, '1500ms'],
] as const)('over OSPF, %s make a limit', (_, turns, expected) => {
  expect(limit(ospf, turns)).toBe(expected)
})

test("OSPF's turns are refused where nobody speaks it", () => {
  for (const turns of [{ spf: 1 }, { hellos: 1 }, { detectedBy: 'dead-interval' }] as const)
    expect(() => limit(fast, turns)).toThrow(/^a limit counts OSPF's turns, and the topology has no timers of OSPF$/)
})

test('a changed timer changes the limit', () => {
  const turns = { detectedBy: 'bfd', speakers: 1, ovn: 1 } as const
  expect(limit({ ...fast, bfd: { intervalMs: 50, multiplier: 3 } }, turns)).toBe('810ms')
  expect(limit({ ...fast, bgp: { ...fast.bgp, advertisementS: 5 } }, turns)).toBe('5960ms')
  expect(limit(profiles.default, turns)).toBe('1560ms')
})

test('where no BFD runs, the hold time is what notices', () => {
  expect(limit(profiles['without-bfd'], { detectedBy: 'bfd' })).toBe('3500ms')
})

test('a topology under another profile says so in its name, and keeps what no profile sets', () => {
  expect(withTimers(twoVpcs, 'default').name).toBe('two-vpcs-default-timers')
  expect(withTimers(twoVpcs, 'without-bfd')).toMatchObject({ name: 'two-vpcs-without-bfd', timers: { bgp: fast.bgp } })
  const clustered = { ...twoVpcs, timers: { ...fast, raft: { electionMs: 1000 } } }
  expect(withTimers(clustered, 'default').timers).toMatchObject({ raft: { electionMs: 1000 } })
})
