// Who leads, by what the members say.

import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { twoVpcsRaft } from '../../fixtures/two-vpcs-raft.ts'
import { newHistory } from '../history.ts'
import type { Topology } from '../topology/types.ts'
import type { Lab } from '../types.ts'
import { clusterWhole, ledByAnother } from './cluster.ts'

const addresses = ['172.20.0.2', '172.20.0.3', '172.20.0.4']
const port = (command: string) => (command.includes('ovnnb_db') ? 6643 : 6644)

type Said = { readonly role: string; readonly term: number; readonly status?: string; readonly members?: number }

/** A lab whose members say this of both databases; one that says nothing is dead. */
function madeLab(
  said: Readonly<Record<string, Said | undefined>>,
  { topology = twoVpcsRaft as Topology, active = 'central-1' } = {},
) {
  const history = newHistory()
  const answer = (node: string, command: string) => {
    if (command.includes('ovn-northd')) return node === active ? 'Status: active\n' : 'Status: standby\n'
    const { role, term, status = 'cluster member', members = 3 } = said[node] ?? { role: 'none', term: 0 }
    const list = addresses.slice(0, members).map((address) => `    aaaa (aaaa at tcp:${address}:${port(command)})`)
    return [`Status: ${status}`, `Role: ${role}`, `Term: ${term}`, 'Servers:', ...list].join('\n')
  }
  const lab = {
    topology,
    history,
    alive: (node: string) => said[node] !== undefined,
    try: async (node: string, command: string) => ({ out: answer(node, command), exit: 0 }),
  }
  return lab as unknown as Lab
}

const follower = { role: 'follower', term: 3 }
const whole = { 'central-1': { role: 'leader', term: 3 }, 'central-2': follower, 'central-3': follower }

test('a whole cluster has one leader, all members and an active northd', async () => {
  expect(await clusterWhole.look(madeLab(whole))).toEqual({ holds: true, saw: '3 members' })
  expect(await clusterWhole.look(madeLab({}, { topology: twoVpcs }))).toEqual({ holds: true, saw: 'one central node' })
})

test.each([
  ['a dead member', { ...whole, 'central-3': undefined }, 'nb has 2 members that run, 1 leaders'],
  [
    'a member that was cut off',
    { ...whole, 'central-3': { ...follower, status: 'disconnected' } },
    'central-3: nb disconnected, 3 members',
  ],
  [
    'a member that the others forgot',
    { ...whole, 'central-2': { ...follower, members: 2 } },
    'central-2: nb cluster member, 2 members',
  ],
  ['no leader', { ...whole, 'central-1': follower }, 'nb has 3 members that run, 0 leaders'],
])('with %s it is not whole', async (_, said, saw) => {
  const { holds, saw: seen } = await clusterWhole.look(madeLab(said))
  expect([holds, seen]).toEqual([false, expect.stringContaining(saw)])
})

test('without an active northd it is not whole', async () => {
  expect(await clusterWhole.look(madeLab(whole, { active: 'nobody' }))).toEqual({
    holds: false,
    saw: 'no northd is active',
  })
})

test('a leader of an old term, who does not know yet that he is cut off, does not lead', async () => {
  const split = { ...whole, 'central-2': { role: 'leader', term: 4 }, 'central-3': { role: 'follower', term: 4 } }
  expect(await ledByAnother('sb', { than: 'central-1' }).look(madeLab(split))).toEqual({
    holds: true,
    saw: 'central-2 leads',
  })
  expect(await ledByAnother('sb', { than: 'central-1' }).look(madeLab(whole))).toEqual({
    holds: false,
    saw: 'central-1 leads',
  })
})

test('whom a fault struck is known from its strike', async () => {
  const lab = madeLab(whole)
  const loss = { name: 'death of the SB leader' }
  await expect(ledByAnother('sb', { than: loss }).look(lab)).rejects.toThrow('death of the SB leader has struck nobody')
  lab.history.record('chaos', { kind: 'fault', fault: loss.name, phase: 'applied', targets: ['central-2'] })
  expect(await ledByAnother('sb', { than: loss }).look(lab)).toMatchObject({ holds: true })
})

test('one central node has no leader to lose', async () => {
  const lab = madeLab({}, { topology: twoVpcs })
  await expect(ledByAnother('sb', { than: 'central' }).look(lab)).rejects.toThrow(
    'two-vpcs has one central node, central, which is no cluster',
  )
})
