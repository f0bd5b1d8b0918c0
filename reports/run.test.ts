import { expect, test } from 'vitest'
import { headerOf } from './header.ts'
import { withNames } from './names.ts'
import { parseHistory } from './run.ts'

const event = { atNs: 5, source: 'lab', kind: 'act', text: 'ready' } as const

test('a history gives its epoch and its events', () => {
  const text = `${JSON.stringify({ epoch: '1795362308000000000' })}\n${JSON.stringify(event)}\n`
  expect(parseHistory(text)).toEqual({ epochMs: 1_795_362_308_000, events: [event] })
})

test('a line that a crash cut off is left out, and an empty history is one', () => {
  expect(parseHistory(`{"epoch":"1"}\n${JSON.stringify(event)}\n{"atNs":6,"sour`).events).toEqual([event])
  expect(parseHistory('')).toEqual({ epochMs: 0, events: [] })
})

test('rows of the SB are told by name', () => {
  const ovn = (table: string, row: object) =>
    ({ atNs: 0, source: 'sb', kind: 'ovn', action: 'new', table, row }) as const
  const [, binding] = withNames([
    ovn('Chassis', { _uuid: 'c1', name: 'chassis-1' }) as never,
    ovn('Port_Binding', {
      _uuid: 'p1',
      logical_port: 'cr-lrp-vpc-a-nat',
      chassis: 'c1',
      tunnel_key: 3,
      type: '',
    }) as never,
  ])
  expect(binding).toMatchObject({ row: { logical_port: 'cr-lrp-vpc-a-nat', chassis: 'chassis-1' } })
  expect(Object.keys((binding as { row: object }).row)).toEqual(['logical_port', 'chassis'])
})

test("a scenario's header is its first comment, drawing and all", () => {
  expect(headerOf('// A claim.\n//\n//     a ── b\n\nimport x\n// later')).toBe('A claim.\n\n    a ── b')
  expect(headerOf('import x')).toBe('')
})
