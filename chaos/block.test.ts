import { expect, test } from 'vitest'
import { twoVpcs } from '../fixtures/two-vpcs.ts'
import { ScenarioError } from '../lab/errors.ts'
import { type Block, block } from './block.ts'
import { reach } from './guard.ts'
import { inject } from './inject.ts'
import { FABRIC } from './links.ts'
import { madeWires } from './made-wires.ts'
import { silence } from './silence.ts'

const uplink = ['nat-gw-a-1', 'internet'] as const

test.each([
  [{ between: uplink, what: 'bgp' }, 'block of BGP between nat-gw-a-1 and internet'],
  [{ between: uplink, direction: 'reverse', what: 'bfd' }, 'block of BFD from internet to nat-gw-a-1'],
  [{ on: 'chassis-1', what: 'data' }, 'block of data on all links of chassis-1'],
  [{ on: 'chassis-1', direction: 'forward', what: 'sb' }, 'block of SB connections from chassis-1'],
  [
    { between: ['chassis-1', 'chassis-2'], what: { protocol: 'tcp', port: 80, peer: 'vpc-a-web-1', inside: true } },
    'block of tcp/80 with vpc-a-web-1 inside Geneve between chassis-1 and chassis-2',
  ],
  [{ between: 'nat-gw-a-1:eth1', what: { protocol: 'icmp' } }, 'block of icmp on nat-gw-a-1:eth1'],
] as const)('a block says of what, and where: %o', (options, name) => {
  expect(block(options).name).toBe(name)
})

test.each([
  [
    { between: uplink, what: 'bfdd' },
    "no kind of packets: 'bfdd'; there are bgp, ospf, bfd, geneve, sb, nb, data, or ",
  ],
  [{ between: uplink, what: { protocol: 'sctp' } }, "no protocol 'sctp'; there are icmp, tcp, udp, ospf, arp"],
  [{ between: uplink, what: { protocol: 'icmp', port: 8 } }, 'no port: icmp/8; write 1 to 65535, of tcp or udp'],
  [{ between: uplink, what: { protocol: 'tcp', port: 0 } }, 'no port: tcp/0; write 1 to 65535, of tcp or udp'],
  [{ between: uplink, what: { protocol: 'tcp', peer: 'nobody' } }, "no node 'nobody' in two-vpcs"],
  [{ on: 'nobody', what: 'bgp' }, "no node 'nobody' in two-vpcs"],
  [{ between: ['chassis-1', 'chassis-1'], what: 'bfd' }, 'a path goes between two nodes; both are chassis-1'],
  [{ between: ['chassis-1', 'internet'], what: 'bfd' }, 'no link between chassis-1 and internet in two-vpcs'],
  [
    { between: ['chassis-1', 'chassis-2'], what: { protocol: 'udp', peer: 'chassis-3' } },
    'a block between chassis-1 and chassis-2 is of what these two send each other; give no peer',
  ],
])('%o is refused', (options, message) => {
  const check = () => block(options as Block).check({ topology: twoVpcs })
  expect(check).toThrow(message)
  expect(check).toThrow(ScenarioError)
})

const struck = async (options: Block) => {
  const made = madeWires({ lost: 1 })
  await inject({ ...made.lab, topology: twoVpcs }, block(options))
  return made.asked[0]
}

test('BFD and BGP are met inside Geneve too, databases outside only, and data is all but these', async () => {
  const rule = async (what: Block['what']) => (await struck({ between: uplink, what }))?.rule.match
  expect(await rule('bgp')).toEqual({ kinds: [{ protocol: 6, ports: [179, 179] }], headers: 'either' })
  expect(await rule('bfd')).toMatchObject({ kinds: [{ ports: [3784, 3785] }, { ports: [4784, 4784] }] })
  expect(await rule('sb')).toEqual({ kinds: [{ protocol: 6, ports: [6642, 6642] }] })
  expect(await rule('data')).toMatchObject({ but: true, headers: 'either' })
  expect(await rule({ protocol: 'tcp', port: 80, peer: 'vpc-a-web-1', inside: true })).toEqual({
    kinds: [{ protocol: 6, ports: [80, 80] }],
    peers: ['10.0.1.10'],
    headers: 'inner',
  })
})

test.each([
  [{ on: 'nat-gw-a-1' }, ['from nat-gw-a-1', 'to nat-gw-a-1', 'from nat-gw-a-1', 'to nat-gw-a-1']],
  [{ on: 'nat-gw-a-1', direction: 'reverse' }, ['to nat-gw-a-1', 'to nat-gw-a-1']],
  [{ between: ['chassis-1', 'chassis-2'] }, ['from chassis-1', 'from chassis-2']],
  [{ between: ['chassis-1', 'chassis-2'], direction: 'reverse' }, ['from chassis-2']],
  [{ between: [FABRIC, 'chassis-1'], direction: 'forward' }, ['to chassis-1']],
] as const)('%o is struck there', async (where, headings) => {
  const met = await struck({ ...where, what: 'bfd' })
  expect(met?.headings).toEqual(headings)
  expect(met?.rule.match?.peers).toEqual(
    'between' in where && where.between[0] === 'chassis-1' ? [expect.any(String)] : undefined,
  )
})

test('what nobody sends does not bite, and is healed', async () => {
  const made = madeWires()
  const dry = inject(made.lab, block({ between: uplink, what: 'nb' }), { effectiveWithin: '30ms' })
  await expect(dry).rejects.toThrow(
    /^invalid: block of NB connections between .* did not bite: .* last saw 0 packets dropped at 1 direction of a link$/,
  )
  expect([...made.standing]).toEqual([])
})

test('silence is of one direction, or both, and of two nodes of the fabric only where it is so asked', () => {
  const one = silence({ between: uplink, direction: 'forward' })
  const path = silence({ between: ['chassis-1', 'chassis-2'] })
  expect([one.name, path.name]).toEqual([
    'silence from nat-gw-a-1 to internet',
    'silence between chassis-1 and chassis-2',
  ])
  expect(reach(one, twoVpcs)).toEqual(['nat-gw-a-1', 'internet'])
  expect(reach(path, twoVpcs)).toEqual(['chassis-1', 'chassis-2'])
  expect(() => silence({ between: ['chassis-1', 'chassis-9'] }).check({ topology: twoVpcs })).toThrow(ScenarioError)
})
