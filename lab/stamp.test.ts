import { expect, test } from 'vitest'
import { unstamp } from './stamp.ts'

test('a stamp of ip -ts monitor is taken off the line and read', () => {
  const { text, unixNs } = unstamp('[2026-11-22T16:10:17.340660] 203.0.113.17 via 100.64.1.2 dev to-a-1 proto bgp')
  expect(text).toBe('203.0.113.17 via 100.64.1.2 dev to-a-1 proto bgp')
  expect(unixNs).toBe(BigInt(Date.UTC(2026, 10, 22, 16, 10, 17)) * 1_000_000n + 340_660_000n)
})

test("a stamp of FRR's log is taken off the line and read", () => {
  const { text, unixNs } = unstamp('2026/11/22 16:10:16.000007 BGP: [N9HHH-F8H1M] %ADJCHANGE: neighbor 100.64.1.2 Up')
  expect(text).toBe('BGP: [N9HHH-F8H1M] %ADJCHANGE: neighbor 100.64.1.2 Up')
  expect(unixNs).toBe(BigInt(Date.UTC(2026, 10, 22, 16, 10, 16)) * 1_000_000n + 7_000n)
})

test('a line without a stamp stays as it is', () => {
  expect(unstamp('stat 3 forward 250 180 0')).toEqual({ text: 'stat 3 forward 250 180 0' })
})

test.each([
  [
    "ovn-controller's log",
    '2026-11-22T18:49:24.106Z|00091|binding|INFO|cr-lrp-vpc-a-nat: Claiming 00:00:00:01:ff:01 10.0.255.1/24',
    'binding|INFO|cr-lrp-vpc-a-nat: Claiming 00:00:00:01:ff:01 10.0.255.1/24',
    106_000_000n,
  ],
  ['ovs-ofctl monitor', '2026-11-22 18:49:24.122: NXST_FLOW_MONITOR reply', 'NXST_FLOW_MONITOR reply', 122_000_000n],
  ['a time alone', '2026-11-22 18:49:24.125', '', 125_000_000n],
  ['tcpdump -tt', '1795373364.017340 w1a In ARP, Request', 'w1a In ARP, Request', 17_340_000n],
])('a stamp of %s is taken off the line and read', (_, line, text, fraction) => {
  const unixNs = BigInt(Date.UTC(2026, 10, 22, 18, 49, 24)) * 1_000_000n + fraction
  expect(unstamp(line)).toEqual({ text, unixNs })
})
