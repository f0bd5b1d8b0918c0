import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { frrSignal } from './frr-signals.ts'
import { placesOf } from './places.ts'

const places = placesOf(twoVpcs, [])
const read = (node: string, line: string) =>
  frrSignal({ kind: 'line', node, stream: 'frr', line, atNs: 5 }, places) as object | undefined

test.each([
  [
    'a BFD session that is given up',
    'chassis-2',
    'BFD: [SEY1D-NT8EQ] state-change: [mhop:no peer:10.0.255.254 local:10.0.255.3 vrf:default ifname:spk-a] up -> down reason:control-expired',
    { step: 'bfd', by: 'bfdd', peer: 'nat-gw-a-1', vpc: 'vpc-a', text: 'BFD with nat-gw-a-1 down, control expired' },
  ],
  [
    'a BFD session that comes up',
    'nat-gw-b-1',
    'BFD: [J1C6V-VMRW5] state-change: [mhop:no peer:10.1.255.3 local:10.1.255.254 vrf:default ifname:eth0] init -> up',
    { step: 'bfd', peer: 'chassis-1', vpc: 'vpc-b', text: 'BFD with chassis-1 up' },
  ],
  [
    'a BGP session that goes',
    'internet',
    'BGP: [PXVXG-TFNNT] %ADJCHANGE: neighbor 100.64.1.2(nat-gw-a-1) in vrf default Down BGP Notification send',
    { step: 'session', by: 'bgpd', peer: 'nat-gw-a-1', vpc: 'vpc-a' },
  ],
  [
    'an OSPF neighbour that is lost',
    'internet',
    'OSPF: [Y05P2-YJVXY] AdjChg: Nbr 100.64.1.2, NbrIP 100.64.1.2 (default) on to-a-1:100.64.1.1: Full -> Deleted (InactivityTimer)',
    {
      step: 'session',
      by: 'ospfd',
      peer: 'nat-gw-a-1',
      vpc: 'vpc-a',
      text: 'OSPF adjacency with nat-gw-a-1 down, InactivityTimer',
    },
  ],
  [
    'an OSPF neighbour that is Full',
    'nat-gw-a-1',
    'OSPF: [Y05P2-YJVXY] AdjChg: Nbr 198.51.100.10, NbrIP 100.64.1.1 (default) on eth1:100.64.1.2: Loading -> Full (LoadingDone)',
    { step: 'session', by: 'ospfd', peer: 'internet', text: 'OSPF adjacency with internet up' },
  ],
  [
    'a calculation of shortest paths',
    'nat-gw-a-1',
    'OSPF: [HRX11-4AW3M] SPF Processing Time(usecs): 61',
    { step: 'spf', by: 'ospfd', vpc: 'vpc-a', text: 'shortest paths calculated' },
  ],
  [
    'another best path at a speaker, of the VPC whose gateways it is about',
    'chassis-2',
    'BGP: [N6CTF-2RSKS] 0.0.0.0/0(VRF default): After path selection, newbest is path 10.1.255.254 oldbest was 10.1.255.253',
    { step: 'best-path', prefix: '0.0.0.0/0', vpc: 'vpc-b', text: 'best path of 0.0.0.0/0: nat-gw-b-1' },
  ],
  [
    'no path any more',
    'nat-gw-a-1',
    'BGP: [N6CTF-2RSKS] 0.0.0.0/0(VRF default): After path selection, newbest is NONE oldbest was 100.64.1.1',
    { step: 'best-path', vpc: 'vpc-a', text: 'best path of 0.0.0.0/0: none' },
  ],
  [
    'a path of its own',
    'nat-gw-a-1',
    'BGP: [N6CTF-2RSKS] 203.0.113.17/32(VRF default): After path selection, newbest is path Static announcement oldbest was NONE',
    { step: 'best-path', prefix: '203.0.113.17/32', text: 'best path of 203.0.113.17/32: Static announcement' },
  ],
  [
    'a withdrawal that comes',
    'chassis-1',
    'BGP: [PAPP6-VDAWM] 10.0.255.254(nat-gw-a-1) rcvd UPDATE about 0.0.0.0/0 IPv4 unicast -- withdrawn',
    {
      step: 'update-received',
      peer: 'nat-gw-a-1',
      prefix: '0.0.0.0/0',
      text: 'withdrawal of 0.0.0.0/0 from nat-gw-a-1',
    },
  ],
  [
    'an update that comes',
    'internet',
    'BGP: [YCKEM-GB33T] 100.64.1.2(nat-gw-a-1) rcvd 203.0.113.17/32 IPv4 unicast',
    { step: 'update-received', prefix: '203.0.113.17/32', text: 'update of 203.0.113.17/32 from nat-gw-a-1' },
  ],
  [
    'a withdrawal that goes out',
    'nat-gw-a-1',
    'BGP: [WHJ94-YXNE1] u2:s2 send UPDATE 0.0.0.0/0 IPv4 unicast -- unreachable',
    { step: 'update-sent', prefix: '0.0.0.0/0', vpc: 'vpc-a', text: 'withdrawal of 0.0.0.0/0 sent' },
  ],
  [
    'a new bgpd that has heard all',
    'nat-gw-a-1',
    'BGP: [WP94W-ASBYR] Update delay ended, restarted: 3, EORs implicit: 0, explicit: 0',
    { step: 'peers-heard', vpc: 'vpc-a' },
  ],
])('%s', (_, node, line, expected) => {
  expect(read(node, line)).toMatchObject({ ...expected, node, atNs: 5, lateNs: 0 })
})

test.each([
  'BGP: [HZN6M-XRM1G] %NOTIFICATION(Hard Reset): sent to neighbor 10.0.255.254 6/10 (Cease/BFD Down) 0 bytes',
  'BFD: [J1C6V-VMRW5] state-change: [mhop:no peer:10.0.255.2 local:10.0.255.254 vrf:default ifname:eth0] down -> init',
  'BGP: [N6CTF-2RSKS] 0.0.0.0/0(VRF default): After path selection, newbest is path 10.0.255.254 oldbest was 10.0.255.254',
  'BGP: [XXWBM-V772F] 10.0.255.3(chassis-2) rcvd UPDATE w/ attr: nexthop 10.0.255.1, origin ?, metric 1000, path 65100',
  'BGP: [MBFVT-8GSC6] u2:s2 10.0.255.3 send UPDATE w/ nexthop 10.0.255.254',
  'BGP: [YCKEM-GB33T] 10.0.255.3(chassis-2) rcvd 10.0.1.0/24 IPv4 unicast...duplicate ignored',
])('what changes nothing is no signal: %s', (line) => {
  expect(read('chassis-1', line)).toBeUndefined()
})
