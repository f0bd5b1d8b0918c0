import { expect, test } from 'vitest'
import { twoVpcs, twoVpcsStaticEgress, withGracefulRestart } from '../../fixtures/index.ts'
import { contains, network } from '../topology/ipv4.ts'
import { bfdConfig, gatewayBgp, routerTable, speakerBgp } from './config.ts'
import { internetBgp } from './internet.ts'

const { a, b } = twoVpcs.vpcs
const speaker = speakerBgp(twoVpcs, a, '10.0.255.2')
const internet = internetBgp(twoVpcs)
const gateways = a.nat.gateways.map((gateway) => gatewayBgp(twoVpcs, a, gateway))
const all = [speaker, internet, ...gateways]

/** FRR's prefix lists (RFC 8212's filters are made of them): the prefix itself, or with ge and le those inside it. */
function listed(config: string, list: string, prefix: string): boolean {
  const { prefix: length } = network(prefix)
  return [...config.matchAll(/^ip prefix-list (\S+) seq \d+ permit (\S+)(?: ge (\d+))?(?: le (\d+))?$/gm)].some(
    ([, name, entry = '', ge, le]) => {
      if (name !== list) return false
      const own = Number(entry.split('/')[1])
      const [least, most] = [Number(ge ?? own), Number(le ?? (ge ? 32 : own))]
      return length >= least && length <= most && contains(network(entry), network(prefix))
    },
  )
}

/** What a route map makes of a prefix: its first entry that matches, else denied. */
function permits(config: string, map: string, prefix: string): boolean {
  const entries = config.matchAll(/^route-map (\S+) (permit|deny) \d+\n match ip address prefix-list (\S+)$/gm)
  const entry = [...entries].find(([, name, , list = '']) => name === map && listed(config, list, prefix))
  return entry?.[2] === 'permit'
}

test.each([
  ['the default, or it feeds on itself', '0.0.0.0/0', false],
  ["a workload's subnet", '10.0.1.0/24', true],
  ['the nat subnet, where the gateways are themselves', '10.0.255.0/24', false],
  ['a subnet of another VPC', '10.1.1.0/24', false],
  ['the transit network', '192.168.100.0/24', false],
  ['a single address', '10.0.1.10/32', false],
])('what FROM-OVN makes of %s', (_, prefix, expected) => {
  expect(permits(speaker, 'FROM-OVN', prefix)).toBe(expected)
})

test.each([
  ['a speaker learns', speaker, 'NAT-IN', ['0.0.0.0/0'], ['10.0.1.0/24', '203.0.113.17/32']],
  ['a speaker announces', speaker, 'VPC-OUT', ['10.0.1.0/24'], ['0.0.0.0/0', '10.1.1.0/24']],
  ['a gateway learns upstream', gateways[0], 'INTERNET-IN', ['0.0.0.0/0'], ['203.0.113.33/32', '10.1.1.0/24']],
  ['a gateway announces upstream', gateways[0], 'INTERNET-OUT', ['203.0.113.17/32'], ['0.0.0.0/0', '10.0.1.0/24']],
  ['a gateway learns from OVN', gateways[0], 'OVN-IN', ['10.0.1.0/24'], ['0.0.0.0/0', '10.1.1.0/24']],
  ['a gateway announces to OVN', gateways[0], 'OVN-OUT', ['0.0.0.0/0'], ['203.0.113.17/32', '10.0.1.0/24']],
  [
    'the internet learns from a gateway of VPC A',
    internet,
    'FROM-nat-gw-a-1',
    ['203.0.113.17/32', '203.0.113.18/32'],
    ['0.0.0.0/0', '10.0.1.0/24', '203.0.113.0/24', '203.0.113.33/32'],
  ],
  ['the internet announces', internet, 'TO-nat-gw-a-1', ['0.0.0.0/0'], ['203.0.113.17/32']],
])('%s what it should and nothing else', (_, config = '', map, yes, no) => {
  expect(yes.filter((prefix) => permits(config, map, prefix))).toEqual(yes)
  expect(no.filter((prefix) => permits(config, map, prefix))).toEqual([])
})

test('every peer has a filter in both directions, and BFD', () => {
  for (const config of all) {
    const peers = [...config.matchAll(/^ neighbor (\S+) remote-as \d+$/gm)].map(([, address]) => address)
    expect(peers.length).toBeGreaterThan(0)
    for (const address of peers) {
      expect(config).toMatch(new RegExp(`^  neighbor ${address} route-map \\S+ in$`, 'm'))
      expect(config).toMatch(new RegExp(`^  neighbor ${address} route-map \\S+ out$`, 'm'))
      expect(config).toMatch(new RegExp(`^ neighbor ${address} bfd profile gameday$`, 'm'))
    }
  }
})

test('every route map and prefix list that is used is there: FRR would pass or deny all without', () => {
  for (const config of all) {
    const used = [...config.matchAll(/ (?:route-map|prefix-list) (\S+)(?: (?:in|out))?$/gm)].map(([, name]) => name)
    const made = [...config.matchAll(/^(?:route-map|ip prefix-list) (\S+) /gm)].map(([, name]) => name)
    expect(used.filter((name) => !made.includes(name))).toEqual([])
  }
})

test('the standby prepends its AS towards both sides, the active one towards none', () => {
  const prepends = gateways.map((config) => config.match(/ set as-path prepend .+$/gm) ?? [])
  expect(prepends).toEqual([[], [' set as-path prepend 65012 65012', ' set as-path prepend 65012 65012']])
})

test('a speaker puts the default into the table of its own VPC and redistributes that table', () => {
  expect([routerTable(twoVpcs, a), routerTable(twoVpcs, b)]).toEqual([1001, 1002])
  const other = speakerBgp(twoVpcs, b, '10.1.255.2')
  expect(other).toContain('\n set table 1002\n')
  expect(other).toContain('\n  redistribute table-direct 1002 route-map FROM-OVN')
  expect(other).not.toContain('1001')
})

test('a speaker announces with the router itself as next hop, not with its own address', () => {
  expect(speaker).toContain('\n set ip next-hop 10.0.255.1\n')
})

test('the internet offers its default to every gateway of every VPC', () => {
  expect(internet).toMatch(/^ {2}network 0\.0\.0\.0\/0$/m)
  expect(internet.match(/^ {2}neighbor \S+ route-map TO-nat-gw-\S+ out$/gm)).toHaveLength(4)
})

test('bgpd is asked to tell what it chooses for the prefixes that decide where packets go, and for no others', () => {
  const told = (config = '') => [...config.matchAll(/^debug bgp bestpath (\S+)$/gm)].map(([, prefix]) => prefix)
  const inside = a.subnets.filter(({ name }) => name !== a.nat.subnet).map(({ cidr }) => cidr)
  expect(told(gateways[0])).toEqual(['0.0.0.0/0', `${a.publicAddress}/32`, ...inside])
  expect(told(speaker)).toEqual(['0.0.0.0/0'])
  expect(told(internet)).toEqual([`${a.publicAddress}/32`, `${b.publicAddress}/32`])
})

test('BFD runs at the intervals of the topology', () => {
  const timers = { ...twoVpcs.timers, bfd: { intervalMs: 70, multiplier: 4 } }
  expect(bfdConfig(timers)).toMatch(/detect-multiplier 4\n.*transmit-interval 70\n.*receive-interval 70\n/)
})

const graceful = (bfd: 'heeded' | 'ignored') => {
  const topology = withGracefulRestart(twoVpcs, bfd)
  const gateway = a.nat.gateways[0]
  return {
    gateway: gateway ? gatewayBgp(topology, topology.vpcs.a, gateway) : '',
    peers: [speakerBgp(topology, topology.vpcs.a, '10.0.255.2'), internetBgp(topology)],
  }
}

test('every speaker preserves its forwarding state where they restart gracefully, and none elsewhere', () => {
  const { gateway, peers } = graceful('heeded')
  for (const config of [gateway, ...peers]) expect(config).toContain('\n bgp graceful-restart preserve-fw-state\n')
  for (const config of all) expect(config).not.toContain('graceful')
})

test.each([
  ['heeded', [false, false, false]],
  ['ignored', [false, true, true]],
] as const)('with BFD %s, the peers of a gateway and not itself look past its end', (bfd, expected) => {
  const { gateway, peers } = graceful(bfd)
  expect([gateway, ...peers].map((config) => config.includes('bfd check-control-plane-failure'))).toEqual(expected)
})

test('a gateway of static routes offers OVN nothing, and is watched by its router', () => {
  const [gateway] = twoVpcsStaticEgress.vpcs.a.nat.gateways
  const config = gateway ? gatewayBgp(twoVpcsStaticEgress, twoVpcsStaticEgress.vpcs.a, gateway) : ''
  expect(permits(config, 'OVN-OUT', '0.0.0.0/0')).toBe(false)
  expect(bfdConfig(twoVpcs.timers, '10.0.255.1')).toContain('\n peer 10.0.255.1 interface eth0\n  profile gameday\n')
})
