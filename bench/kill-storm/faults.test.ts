import { expect, test } from 'vitest'
import { oneVpc, twoVpcs } from '../../fixtures/index.ts'
import { faultsOn } from './faults.ts'

const names = (seed: number) => faultsOn(twoVpcs, seed).map(({ name }) => name)

test('there are more than twenty different faults, the same for the same seed', () => {
  expect(new Set(names(1)).size).toBeGreaterThan(20)
  expect(names(1)).toEqual(names(1))
  expect(names(2)).not.toEqual(names(1))
})

test.each([twoVpcs, oneVpc])('each of them can be in $name', (topology) => {
  for (const fault of faultsOn(topology, 1)) fault.check({ topology })
})
