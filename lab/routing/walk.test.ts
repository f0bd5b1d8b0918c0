import { expect, test } from 'vitest'
import { fibOf } from './fib.ts'
import { match, type Router, walks } from './walk.ts'

const router = (name: string, addresses: readonly string[], listing: string): Router => ({
  name,
  addresses,
  routes: fibOf(listing),
})

const host = router('host', ['10.0.1.10'], 'default via 10.0.1.1 dev eth0')
const inside = (listing: string) =>
  router('lr', ['10.0.1.1', '10.0.255.1'], `10.0.1.0/24 dev a\n10.0.255.0/24 dev n\n${listing}`)
const gateway = (n: number, listing = 'default nhid 7 via 100.64.1.1 dev eth1 proto bgp metric 20') =>
  router(`gw-${n}`, [`10.0.255.${n}`], `10.0.0.0/16 via 10.0.255.1 dev eth0\nblackhole 203.0.113.17\n${listing}`)
const internet = router('internet', ['100.64.1.1', '198.51.100.10'], '203.0.113.17 via 10.0.255.2 dev to-1')

const from = (...routers: readonly Router[]) =>
  walks([host, ...routers, internet], 'host', '198.51.100.10').map(({ hops, ends }) => `${hops.join(' ')}: ${ends}`)

test.each([
  ['a way', [inside('default via 10.0.255.2 dev n'), gateway(2)], ['host lr gw-2 internet: delivered']],
  [
    'ways of equal cost',
    [
      inside(
        'default proto bgp metric 20 \\\tnexthop via 10.0.255.2 dev n weight 1 \\\tnexthop via 10.0.255.3 dev n weight 1',
      ),
      gateway(2),
      gateway(3),
    ],
    ['host lr gw-2 internet: delivered', 'host lr gw-3 internet: delivered'],
  ],
  [
    'a loop',
    [inside('default via 10.0.255.2 dev n'), gateway(2, 'default via 10.0.255.1 dev eth0')],
    ['host lr gw-2 lr: loop'],
  ],
  ['no route', [inside('')], ['host lr: no route']],
  ['a black hole', [inside('blackhole default')], ['host lr: blackhole']],
  ['a next hop that is gone', [inside('default via 10.0.255.9 dev n')], ['host lr: nobody there']],
])('%s is walked', (_, routers, said) => {
  expect(from(...routers)).toEqual(said)
})

test('the longest match is taken, and of two the lower metric', () => {
  const { routes } = inside('default via 1.1.1.1\n10.0.0.0/16 via 2.2.2.2 metric 20\n10.0.0.0/16 via 3.3.3.3 metric 10')
  expect(match(routes, '10.0.1.7')?.prefix).toBe('10.0.1.0/24')
  expect(match(routes, '10.0.9.9')?.via).toEqual(['3.3.3.3'])
  expect(match(routes, '192.0.2.1')?.prefix).toBe('0.0.0.0/0')
  expect(match([], '192.0.2.1')).toBeUndefined()
})

test('a held address is where the way ends, and what is no route is left out', () => {
  expect(walks([internet, gateway(2)], 'internet', '203.0.113.17')).toEqual([
    { hops: ['internet', 'gw-2'], ends: 'blackhole' },
  ])
  expect(fibOf('RTNETLINK answers: No such process\n')).toEqual([])
})
