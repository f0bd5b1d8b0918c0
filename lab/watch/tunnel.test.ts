import { expect, test } from 'vitest'
import { tunnelsIn } from './tunnel.ts'

const row = (action: string, name: string | null, state?: string) => [
  'ce8c6449',
  action,
  name,
  ['map', state ? [['forwarding', 'true'], ['state', state]] : []], // biome-ignore format: as OVSDB writes it
  ['map', state ? [['remote_ip', '172.20.0.12']] : []],
]
const line = (time: string | undefined, ...data: unknown[]) =>
  JSON.stringify({ data, headings: ['row', 'action', 'name', 'bfd_status', 'options'], time })

test('of all interfaces those with a BFD session are told, as they are now', () => {
  const { rows, unixNs } = tunnelsIn(
    line('2026-11-22 18:49:24.107', row('old', null, 'up'), row('new', 'ovn-chassi-0', 'down'), row('new', 'br-int')),
  )
  expect(rows).toEqual([{ device: 'ovn-chassi-0', remote: '172.20.0.12', state: 'down' }])
  expect(unixNs).toBe(BigInt(Date.UTC(2026, 10, 22, 18, 49, 24, 107)) * 1_000_000n)
})

test('what was there at first has no time, and an error is no row', () => {
  expect(tunnelsIn(line(undefined, row('initial', 'ovn-chassi-0', 'up')))).toMatchObject({ rows: [{ state: 'up' }] })
  expect(tunnelsIn(line(undefined, row('initial', 'ovn-chassi-0', 'up'))).unixNs).toBeUndefined()
  expect(tunnelsIn('ovsdb-client: failed to connect to "unix:/run/openvswitch/db.sock"')).toEqual({ rows: [] })
})
