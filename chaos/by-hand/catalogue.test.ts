import { expect, test } from 'vitest'
import { oneVpc } from '../../fixtures/one-vpc.ts'
import { catalogue, faultByHand } from './catalogue.ts'

test.each([
  ['isolate', 'nat-gw-a-1', 'isolation of nat-gw-a-1'],
  ['link-down', 'nat-gw-a-1 internet', 'carrier loss between nat-gw-a-1 and internet'],
  ['link-down', 'chassis-1 fabric', 'carrier loss between chassis-1 and fabric'],
  ['loss', 'nat-gw-a-1 internet 30%', 'loss of 30% of packets between nat-gw-a-1 and internet'],
  ['corrupt', 'chassis-1 fabric 5%', 'corruption of 5% of packets between chassis-1 and fabric'],
  ['mtu', 'chassis-1 fabric 1300', 'loss of packets above 1300 bytes between chassis-1 and fabric'],
  ['silence', 'nat-gw-a-1 internet', 'silence between nat-gw-a-1 and internet'],
  ['deafen', 'nat-gw-a-1 internet', 'silence from internet to nat-gw-a-1'],
  ['partition', 'central chassis-1', 'partition of central from chassis-1'],
  ['block', 'chassis-1 fabric bfd', 'block of BFD between chassis-1 and fabric'],
  ['pause', 'nat-gw-a-1', 'freeze of nat-gw-a-1'],
  ['load', 'central 2', 'load on central: 2 busy processes'],
  ['disk-full', 'central sb', 'full disk under the sb database of central'],
  ['clock-skew', 'central ovn-northd +1min', 'clock of ovn-northd on central off by +1min'],
  ['freeze-process', 'central ovn-northd', 'freeze of ovn-northd on central'],
])('%s %s is %s', (name, words, fault) => {
  expect(faultByHand(oneVpc, name, words.split(' ')).name).toBe(fault)
})

test.each([
  ['nope', '', /^no fault 'nope'; there are isolate, link-down, /],
  ['kill', 'nat-gw-a-1', /^kill: a dead node cannot be made anew from inside the lab; /],
  ['isolate', '', /^isolate wants <node>, was given nothing$/],
  ['isolate', 'nat-gw-a-9', /^no node 'nat-gw-a-9' in one-vpc; /],
  ['link-down', 'nat-gw-a-1 chassis-9', /^no node 'chassis-9' in one-vpc; /],
  ['loss', 'nat-gw-a-1 internet 130%', /^no percentage: '130%'; /],
  ['mtu', 'chassis-1 fabric much', /^no MTU: NaN; write 68 to 65535 bytes, /],
  ['partition', 'central central,chassis-1', /^a partition parts nodes; central is on both sides$/],
  ['block', 'chassis-1 fabric ping', /^no kind of packets: 'ping'; there are bgp, ospf, bfd, /],
  ['stop', 'nat-gw-a-1', /^stop: a dead node cannot be made anew from inside the lab; /],
  ['load', 'central many', /^stress was given cpu NaN; write how many processes compute, 1 to 16$/],
  ['load', 'central 0', /^stress was given neither cpu, memory nor disk; /],
  ['disk-full', 'central vswitch', /^no database 'vswitch' on central; it has nb, sb$/],
  ['disk-full', 'nat-gw-a-1 sb', /^nat-gw-a-1 is a gateway and has no databases; central nodes and chassis have$/],
  [
    'clock-skew',
    'central ovn-northd 1min',
    /^clockSkew was given '1min'; write \+ or - and 10s at least, as in '\+1min'$/,
  ],
  ['clock-skew', 'vpc-a-web-1 nginx +1min', /^nginx dates nothing: /],
  ['kill-process', 'central northd', /^no daemon 'northd' on central; it runs /],
])('%s %s is refused in one line', (name, words, message) => {
  expect(() => faultByHand(oneVpc, name, words.split(' ').filter(Boolean))).toThrow(message)
})

test('what every fault does is told', () => {
  for (const { about, wants } of Object.values(catalogue))
    expect([about, wants.length]).toEqual([expect.any(String), expect.any(Number)])
})
