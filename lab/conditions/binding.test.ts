import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import type { Row } from '../ovn/southbound.ts'
import type { Lab } from '../types.ts'
import { gatewayPort } from './binding.ts'

const lab = (chassis: string | null) => {
  const tables: Record<string, Row[]> = {
    Chassis: [
      { _uuid: 'one', name: 'chassis-1' },
      { _uuid: 'two', name: 'chassis-2' },
    ],
    Port_Binding: [{ logical_port: 'cr-lrp-vpc-a-nat', chassis }],
  }
  return { topology: twoVpcs, southbound: { rows: (table: string) => tables[table] ?? [] } } as unknown as Lab
}

test.each([
  ['one', 'chassis-1', { holds: true, saw: 'it is on chassis-1' }],
  ['one', 'chassis-2', { holds: false, saw: 'it is on chassis-1' }],
  [null, 'chassis-1', { holds: false, saw: 'it is on none' }],
])('a gateway port bound to %s, asked for on %s', async (bound, on, seen) => {
  expect(await gatewayPort('vpc-a', { on }).look(lab(bound))).toEqual(seen)
})

test('a VPC or a chassis that is not there is refused', async () => {
  await expect(gatewayPort('vpc-c', { on: 'chassis-1' }).look(lab('one'))).rejects.toThrow("no VPC 'vpc-c'")
  await expect(gatewayPort('vpc-a', { on: 'chassis-9' }).look(lab('one'))).rejects.toThrow("no node 'chassis-9'")
})
