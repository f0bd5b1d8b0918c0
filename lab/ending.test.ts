import { expect, test } from 'vitest'
import { uncleanEnd } from './ending.ts'

const taps =
  'stop probe vpc-a-web-1 → internet: invalid: the capture in the patchbay is not complete: no room for 7 probes'
const left = 'left behind by a fault: + nat-gw-a-1: blackhole 192.0.2.1'

test.each<[string, readonly string[], RegExp]>([
  ['the instrument alone', [taps, taps], /^invalid: lab one-vpc-1 did not end cleanly: stop probe .*; stop probe /],
  ['what a fault left behind', [left], /^lab one-vpc-1 did not end cleanly: left behind by a fault: /],
  ['the one beside the other', [taps, left], /^lab one-vpc-1 did not end cleanly: .*; left behind by a fault: /],
])('%s', (_, wrong, told) => {
  expect(uncleanEnd('one-vpc-1', wrong)).toMatch(told)
})
