import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { newHistory } from '../history.ts'
import type { Lab } from '../types.ts'
import { bestPath } from './rib.ts'
import { tunnelsUp } from './tunnels.ts'

const said = (best: string) =>
  JSON.stringify({
    paths: ['100.64.1.2', '100.64.2.2'].map((peerId) => ({ peer: { peerId }, bestpath: { overall: peerId === best } })),
  })
const asked = (out: string) => ({ topology: twoVpcs, try: async () => ({ out, exit: 0 }) }) as unknown as Lab

test.each([
  ['the one wanted', said('100.64.2.2'), true, 'nat-gw-a-2'],
  ['another', said('100.64.1.2'), false, 'nat-gw-a-1'],
  ['none', 'bgpd is not running', false, 'no path'],
])('the best path is %s', async (_, out, holds, saw) => {
  const best = bestPath('203.0.113.17/32', { at: 'internet', from: 'nat-gw-a-2' })
  expect(await best.look(asked(out))).toEqual({ holds, saw })
})

test('those who have no session have no path between them', async () => {
  const best = bestPath('203.0.113.17/32', { at: 'internet', from: 'chassis-1' })
  await expect(best.look(asked(''))).rejects.toThrow(/^no BGP session between internet and chassis-1; internet has /)
})

const states = (down?: string) => {
  const history = newHistory()
  for (const at of twoVpcs.chassis)
    for (const to of twoVpcs.chassis.filter((each) => each !== at)) {
      const event = { kind: 'tunnel', device: `to-${to.name}`, remote: to.address } as const
      history.record(at.name, { ...event, state: 'init' })
      history.record(at.name, { ...event, state: `${at.name} ${to.name}` === down ? 'down' : 'up' })
    }
  return { topology: twoVpcs, history } as unknown as Lab
}

test('tunnels are as they were told last', async () => {
  expect(await tunnelsUp.look(states())).toEqual({ holds: true, saw: '6 ends of tunnels' })
  expect(await tunnelsUp.look(states('chassis-1 chassis-3'))).toEqual({
    holds: false,
    saw: 'chassis-1 to chassis-3 is down',
  })
  const silent = { topology: twoVpcs, history: newHistory() } as unknown as Lab
  expect((await tunnelsUp.look(silent)).holds).toBe(false)
})
