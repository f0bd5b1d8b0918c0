import { expect, test } from 'vitest'
import { everything, unmatched } from './test-filter.mjs'

const files = ['lab/time.test.ts', 'scenarios/nat-failover.test.ts', 'scenarios/bgp-drop.test.ts']

test.each([
  [['scenarios/nat-failover']],
  [['./scenarios/nat-failover.test.ts']],
  [['scenarios/nat-failover:20']],
  [['lab/time', 'scenarios']],
  [['--project=unit', 'lab/time']],
  [[]],
  [['-t', 'no file of this name']],
])('%j selects something', (args) => {
  expect(unmatched(args, files)).toBeUndefined()
})

test('a filter that selects nothing is named, with what there is', () => {
  expect(unmatched(['scenarios/nat-failover', 'scenarios/nope'], files)).toBe(
    "no scenario matches 'scenarios/nope'; there are: scenarios/bgp-drop, scenarios/nat-failover",
  )
  expect(unmatched(['x'], [])).toBe("no scenario matches 'x'; there are none yet")
})

test.each([
  [[], false],
  [['--project=scenarios'], false],
  [['--nightly'], true],
  [['scenarios/nat-failover'], true],
  [['-t', 'over OSPF'], true],
  [['--testNamePattern=over OSPF'], true],
])('%j wants every variant: %s', (args, is) => {
  expect(everything(args)).toBe(is)
})
