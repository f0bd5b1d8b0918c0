import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import type { Row } from '../ovn/southbound.ts'
import type { Lab } from '../types.ts'
import { routesFlawed, routesWhole } from './routes-whole.ts'

const inside = ['web', 'app', 'db', 'test'].map(
  (_, i) => `10.0.${i + 1}.0/24 via 10.0.255.1 dev eth0 proto bgp metric 20`,
)
const gateway = (uplink: string) => [`default via ${uplink} dev eth1 proto bgp metric 20`, ...inside].join('\n')
const whole: Readonly<Record<string, string>> = {
  'nat-gw-a-1': gateway('100.64.1.1'),
  'nat-gw-a-2': gateway('100.64.2.1'),
  internet: '203.0.113.17 via 100.64.1.2 dev to-a-1 proto bgp metric 20',
}
const tables: Readonly<Record<string, readonly Row[]>> = {
  Datapath_Binding: [{ _uuid: 'a', external_ids: { name: 'lr-vpc-a' } }],
  Learned_Route: [{ datapath: 'a', ip_prefix: '0.0.0.0/0', nexthop: '10.0.255.254' }],
}

/** A lab whose kernels have these routes; its NB has no static ones. */
const lab = (changed: Readonly<Record<string, string>> = {}) =>
  ({
    topology: twoVpcs,
    southbound: { rows: (table: string) => tables[table] ?? [] },
    try: async (node: string) => ({ out: { ...whole, ...changed }[node] ?? '', exit: 0 }),
  }) as unknown as Lab

test('ways that lead out and back by one gateway are whole', async () => {
  expect(await routesWhole('vpc-a').look(lab())).toEqual({ holds: true, saw: '5 ways' })
})

test('a gateway without a default is a black hole for all who are sent to it', async () => {
  const hole = lab({ 'nat-gw-a-1': inside.join('\n') })
  expect(await routesWhole('vpc-a').look(hole)).toEqual({
    holds: false,
    saw: 'vpc-a-web-1 → internet: no route after vpc-a-web-1 → lr-vpc-a → nat-gw-a-1; vpc-a-web-2 → internet: no route after vpc-a-web-2 → lr-vpc-a → nat-gw-a-1 and 3 more',
  })
  expect((await routesFlawed('vpc-a', { saying: 'no route after vpc-a-web-1' }).look(hole)).holds).toBe(true)
})

test('a flaw is another one, or none', async () => {
  const wanted = routesFlawed('vpc-a', { saying: 'answered by nat-gw-a-2' })
  expect(await wanted.look(lab())).toEqual({ holds: false, saw: '5 ways, all whole' })
  const astray = await wanted.look(lab({ internet: '203.0.113.17 via 100.64.2.2 dev to-a-2' }))
  expect(astray).toMatchObject({
    holds: true,
    saw: expect.stringMatching(/^vpc-a-web-1 leaves by nat-gw-a-1 and is answered by nat-gw-a-2; /),
  })
  expect((await wanted.look(lab({ internet: '' }))).saw).toMatch(/^203\.0\.113\.17: no route at internet$/)
})

test('of a VPC whose router knows no way out nothing is whole, and none that is not there can be asked for', async () => {
  expect((await routesWhole('vpc-b').look(lab())).saw).toMatch(
    /^vpc-b-web-1 → internet: no route after vpc-b-web-1 → lr-vpc-b/,
  )
  await expect(routesWhole('vpc-c').look(lab())).rejects.toThrow(/^no VPC 'vpc-c' in two-vpcs/)
})
