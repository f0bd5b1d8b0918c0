import { expect, test } from 'vitest'
import { contains, freeHost, host, isAddress, isCidr, isHost, network, overlap } from './ipv4.ts'

test.each(['0.0.0.0', '10.0.1.10', '255.255.255.255'])('%s is an address', (text) => {
  expect(isAddress(text)).toBe(true)
})

test.each(['', '10.0.1', '10.0.1.256', '10.0.1.010', '10.0.1.10 ', '10.0.1.10/24', 'a.b.c.d', '::1'])(
  '%j is no address',
  (text) => {
    expect(isAddress(text)).toBe(false)
  },
)

test.each([
  ['10.0.1.0/24', true],
  ['10.0.1.7/24', true],
  ['0.0.0.0/0', true],
  ['10.0.1.0/33', false],
  ['10.0.1.0/024', false],
  ['10.0.1.0', false],
])('%s reads as a prefix: %s', (text, is) => {
  expect(isCidr(text)).toBe(is)
})

test.each([
  ['10.0.1.7/24', '10.0.1.0/24', '10.0.1.1'],
  ['203.0.113.20/28', '203.0.113.16/28', '203.0.113.17'],
  ['255.255.255.255/1', '128.0.0.0/1', '128.0.0.1'],
  ['1.2.3.4/0', '0.0.0.0/0', '0.0.0.1'],
])('%s is in %s, whose second address is %s', (inside, cidr, second) => {
  expect(network(inside).cidr).toBe(cidr)
  expect(host(network(inside), 1)).toBe(second)
})

test.each([
  ['10.0.0.0/16', '10.0.255.0/24', true, true],
  ['10.0.255.0/24', '10.0.0.0/16', false, true],
  ['10.0.0.0/24', '10.0.1.0/24', false, false],
  ['0.0.0.0/0', '255.255.255.255/32', true, true],
])('%s contains %s: %s; they overlap: %s', (a, b, contained, overlapping) => {
  expect(contains(network(a), network(b))).toBe(contained)
  expect(overlap(network(a), network(b))).toBe(overlapping)
})

test.each([
  ['10.0.1.0/24', '10.0.1.0', false],
  ['10.0.1.0/24', '10.0.1.1', true],
  ['10.0.1.0/24', '10.0.1.255', false],
  ['10.0.1.0/24', '10.0.2.1', false],
  ['100.64.1.0/31', '100.64.1.0', true],
  ['100.64.1.0/32', '100.64.1.0', true],
])('in %s an interface may have %s: %s', (cidr, address, may) => {
  expect(isHost(network(cidr), address)).toBe(may)
})

test('a free host is looked for upwards, then from the start, and there may be none', () => {
  const uplink = network('100.64.1.0/30')
  expect(freeHost(uplink, new Set(['100.64.1.1']), '100.64.1.1')).toBe('100.64.1.2')
  expect(freeHost(uplink, new Set(['100.64.1.2']), '100.64.1.2')).toBe('100.64.1.1')
  expect(freeHost(uplink, new Set(['100.64.1.1', '100.64.1.2']), '100.64.1.1')).toBeUndefined()
})
