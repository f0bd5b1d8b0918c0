import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { before, causes, opens } from './causes.ts'
import type { Signal, Step } from './signal.ts'
import { wayOf } from './way.ts'

const signal = (step: Step, node: string, more: Partial<Signal> = {}): Signal => ({
  step,
  node,
  atNs: 0,
  resolutionNs: 0,
  lateNs: 0,
  by: 'x',
  text: step,
  ...more,
})
const held = () => ['chassis-1']
const outwards = wayOf(twoVpcs, { from: 'vpc-a-web-1', to: 'internet' }, 'forward', held)
const inwards = wayOf(twoVpcs, { from: 'vpc-a-web-1', to: 'internet' }, 'reverse', held)
const inside = wayOf(twoVpcs, { from: 'vpc-a-web-1', to: 'vpc-a-app-1' }, 'forward')
const DEFAULT = { prefix: '0.0.0.0/0', vpc: 'vpc-a' }

test('a way is what packets meet: their chassis, and outside it the gateways and the internet', () => {
  expect(outwards).toMatchObject({ vpcs: ['vpc-a'], towardsInternet: true, internet: 'internet', address: '10.0.1.10' })
  expect(outwards.gateways).toEqual(['nat-gw-a-1', 'nat-gw-a-2'])
  expect(inwards).toMatchObject({ towardsInternet: false, publicPrefixes: ['203.0.113.17/32'] })
  expect(inside).toEqual(expect.objectContaining({ gateways: [], chassis: ['chassis-1', 'chassis-2'] }))
  expect(wayOf(twoVpcs, { from: 'internet', to: 'vpc-b-web-1' }, 'forward').towardsInternet).toBe(false)
})

test.each([
  ['rules of a chassis that it meets', signal('openflow', 'chassis-1', { vpc: 'vpc-a' }), true, true, true],
  ['rules of a chassis that it does not', signal('openflow', 'chassis-3', { vpc: 'vpc-a' }), false, false, false],
  ['rules of another VPC', signal('openflow', 'chassis-1', { vpc: 'vpc-b' }), false, false, false],
  ['a tunnel that ovs-vswitchd switches by itself', signal('tunnel', 'chassis-1'), true, true, true],
  ["the gateway's default", signal('route', 'nat-gw-a-2', DEFAULT), true, false, false],
  [
    "the gateway's route to the workload",
    signal('route', 'nat-gw-a-2', { ...DEFAULT, prefix: '10.0.1.0/24' }),
    false,
    true,
    false,
  ],
  ['a route of a chassis, which forwards nothing', signal('route', 'chassis-1', DEFAULT), false, false, false],
  [
    "the internet's route to the public address",
    signal('route', 'internet', { prefix: '203.0.113.17/32', vpc: 'vpc-a' }),
    false,
    true,
    false,
  ],
  ['a packet that the gateway translated', signal('translation', 'nat-gw-a-2', { vpc: 'vpc-a' }), false, true, false],
  ['a session, which forwards nothing', signal('session', 'nat-gw-a-2', { vpc: 'vpc-a' }), false, false, false],
  ['a route that went', signal('route', 'nat-gw-a-2', { ...DEFAULT, gone: true }), false, false, false],
  ['a fault that let go', signal('healed', 'nat-gw-a-1'), true, true, true],
])('%s opens the way out, in, and inside: as it should', (_, one, out, back, within) => {
  expect([opens(outwards, one), opens(inwards, one), opens(inside, one)]).toEqual([out, back, within])
})

test('of chassis those are met that have the workload, or hold the gateway port', () => {
  const held = ({ name }: { name: string }) => (name === 'vpc-a' ? ['chassis-1', 'chassis-2'] : ['chassis-3'])
  const { chassis } = wayOf(twoVpcs, { from: 'vpc-a-web-2', to: 'internet' }, 'forward', held)
  expect(chassis).toEqual(['chassis-2', 'chassis-1'])
  const across = wayOf(twoVpcs, { from: 'vpc-a-web-1', to: 'vpc-b-web-1' }, 'forward', held)
  expect(across).toMatchObject({ vpcs: ['vpc-a', 'vpc-b'], chassis: ['chassis-1', 'chassis-2'], gateways: [] })
})

test.each<[string, Signal, Signal, boolean]>([
  ['bfdd tells bgpd of the same peer', signal('bfd', 'a', { peer: 'g' }), signal('session', 'a', { peer: 'g' }), true],
  ['not of another', signal('bfd', 'a', { peer: 'g' }), signal('session', 'a', { peer: 'h' }), false],
  ['not at another node', signal('bfd', 'a', { peer: 'g' }), signal('session', 'b', { peer: 'g' }), false],
  [
    'an update arrives as it was sent',
    signal('update-sent', 'g', DEFAULT),
    signal('update-received', 'a', { ...DEFAULT, peer: 'g' }),
    true,
  ],
  ['a best path becomes a route', signal('best-path', 'a', DEFAULT), signal('route', 'a', DEFAULT), true],
  ['of its own prefix', signal('best-path', 'a', DEFAULT), signal('route', 'a', { prefix: '10.0.1.0/24' }), false],
  [
    'the chassis with the gateway port learns its route',
    signal('route', 'chassis-1', DEFAULT),
    signal('learned-route', 'SB', { ...DEFAULT, peer: 'chassis-1' }),
    true,
  ],
  [
    'another does not',
    signal('route', 'chassis-2', DEFAULT),
    signal('learned-route', 'SB', { ...DEFAULT, peer: 'chassis-1' }),
    false,
  ],
  [
    "one VPC's claim never moves another's rules",
    signal('claim', 'c', { vpc: 'vpc-a' }),
    signal('openflow', 'c', { vpc: 'vpc-b' }),
    false,
  ],
  ['what comes later causes nothing before', signal('openflow', 'a'), signal('logical-flows', 'a'), false],
])('%s', (_, cause, effect, holds) => {
  expect(causes(cause, effect)).toBe(holds)
})

test('everything before a step is known, and nothing after it', () => {
  expect([...before('session')].sort()).toEqual(['bfd', 'healed', 'link'])
  expect(before('openflow').has('bfd')).toBe(true)
  expect(before('bfd').has('openflow')).toBe(false)
})
