import { expect, test } from 'vitest'
import type { EventBody } from '../events.ts'
import { newHistory } from '../history.ts'
import type { Lab } from '../types.ts'
import { controlPlaneQuiet, lastChange } from './quiet.ts'

const line = (stream: string, text: string): EventBody => ({ kind: 'line', node: 'chassis-1', stream, line: text })
const down = line('frr', 'BGP: [PXVXG-TFNNT] %ADJCHANGE: neighbor 10.0.255.253(nat-gw-a-2) in vrf default Down')

test.each([
  ['a session', down, /^chassis-1: BGP: .*Down$/],
  ['a route', line('kernel', 'Deleted default via 10.0.255.254 dev spk-a table 1001 proto bgp'), /^chassis-1: Deleted/],
  ['a row of the SB', { kind: 'ovn', table: 'Learned_Route', action: 'delete', row: {} }, /^Learned_Route delete$/],
] as const)('%s that changed is a change', (_, event, said) => {
  const history = newHistory()
  history.record('chassis-1', event)
  expect(lastChange(history, 0)).toMatch(said)
})

test.each([
  ['another word of FRR', line('frr', 'BGP: rcvd End-of-RIB for IPv4 Unicast')],
  ['a neighbour entry', line('kernel', '10.0.255.1 dev eth0 lladdr 00:00:00:01:ff:01 REACHABLE')],
  ['a line of the prober', line('', 'stat 1 forward 250 12 0')],
] as const)('%s is none', (_, event) => {
  const history = newHistory()
  history.record('chassis-1', event)
  expect(lastChange(history, 0)).toBeUndefined()
})

test('the control plane is quiet once its last change lies far enough back', async () => {
  const history = newHistory()
  const lab = { history } as Lab
  history.record('chassis-1', down, history.now() - 1e9)
  expect(await controlPlaneQuiet(2e9).look(lab)).toMatchObject({ holds: false, saw: expect.stringContaining('Down') })
  expect(await controlPlaneQuiet(0.5e9).look(lab)).toEqual({ holds: true, saw: 'quiet' })
})
