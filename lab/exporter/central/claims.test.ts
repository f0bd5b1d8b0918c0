import { expect, test } from 'vitest'
import { newClaims } from './claims.ts'

const row = (chassis: string | null) => ({ logical_port: 'cr-lrp-vpc-a-nat', chassis })

test('changes of a chassis are counted and dated, and nothing else is', () => {
  let now = 100
  const { hear, of } = newClaims(() => now)
  hear({ table: 'Chassis', uuid: 'b', before: row('c-1'), after: row('c-2') })
  expect(of('b')).toEqual({ count: 0 })
  hear({ table: 'Port_Binding', uuid: 'b', before: row('c-1'), after: row('c-1') })
  expect(of('b')).toEqual({ count: 0 })
  hear({ table: 'Port_Binding', uuid: 'b', before: row('c-1'), after: row(null) })
  now = 101
  hear({ table: 'Port_Binding', uuid: 'b', before: row(null), after: row('c-2') })
  expect(of('b')).toEqual({ count: 2, at: 101 })
  hear({ table: 'Port_Binding', uuid: 'b', before: row('c-2') })
  expect(of('b')).toEqual({ count: 0 })
})
