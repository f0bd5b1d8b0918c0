import { expect, test } from 'vitest'
import { newHistory } from './history.ts'
import { knownIn } from './serve-again.ts'

const row = (uuid: string, chassis: string) => ({ _uuid: uuid, chassis })

test('what is known of the SB is every row as it was last told, and none that is gone', () => {
  const history = newHistory()
  const tell = (action: 'initial' | 'insert' | 'new' | 'delete', of: object) =>
    history.record('sb', { kind: 'ovn', table: 'Port_Binding', action, row: of as Record<string, unknown> })
  tell('initial', row('a', 'chassis-1'))
  tell('initial', row('b', 'chassis-1'))
  tell('new', row('a', 'chassis-2'))
  tell('insert', row('c', 'chassis-1'))
  tell('delete', row('b', 'chassis-1'))
  expect(knownIn(history)).toEqual([
    { source: 'sb', body: { kind: 'ovn', table: 'Port_Binding', action: 'initial', row: row('a', 'chassis-2') } },
    { source: 'sb', body: { kind: 'ovn', table: 'Port_Binding', action: 'initial', row: row('c', 'chassis-1') } },
  ])
})

test('what is known of a tunnel is its last state, for each chassis and device', () => {
  const history = newHistory()
  const tell = (source: string, state: string) =>
    history.record(source, { kind: 'tunnel', device: 'ovn-chassi-0', remote: '172.20.0.12', state })
  tell('chassis-1', 'init')
  tell('chassis-2', 'up')
  tell('chassis-1', 'up')
  const body = { kind: 'tunnel', device: 'ovn-chassi-0', remote: '172.20.0.12', state: 'up' }
  expect(knownIn(history)).toEqual([
    { source: 'chassis-1', body },
    { source: 'chassis-2', body },
  ])
})
