// What conntrack(8) prints, as it printed it on a NAT gateway.

import { expect, test } from 'vitest'
import { entriesIn } from './conntrack-entries.ts'

const TCP =
  'ipv4     2 tcp      6 431999 ESTABLISHED src=10.0.1.10 dst=198.51.100.10 sport=40000 dport=7101 src=198.51.100.10 dst=203.0.113.17 sport=7101 dport=41000 [ASSURED] mark=0 use=1 id=2094867435'
const UDP =
  'ipv4     2 udp      17 29 src=10.0.1.10 dst=198.51.100.10 sport=50000 dport=7000 [UNREPLIED] src=198.51.100.10 dst=10.0.1.10 sport=7000 dport=50000 mark=0 use=1 id=77'
const ICMP =
  'ipv4     2 icmp     1 9 src=10.0.1.10 dst=198.51.100.10 type=8 code=0 id=21 src=198.51.100.10 dst=203.0.113.17 type=0 code=0 id=21 mark=0 use=1 id=5'

test('an entry has its own number, both its tuples, and whether it was answered', () => {
  expect(entriesIn(`${TCP}\n${UDP}\n`)).toEqual([
    {
      id: '2094867435',
      protocol: 'tcp',
      state: 'ESTABLISHED',
      original: { src: '10.0.1.10', dst: '198.51.100.10', sport: 40000, dport: 7101 },
      reply: { src: '198.51.100.10', dst: '203.0.113.17', sport: 7101, dport: 41000 },
      replied: true,
    },
    {
      id: '77',
      protocol: 'udp',
      original: { src: '10.0.1.10', dst: '198.51.100.10', sport: 50000, dport: 7000 },
      reply: { src: '198.51.100.10', dst: '10.0.1.10', sport: 7000, dport: 50000 },
      replied: false,
    },
  ])
})

test("an echo's own number is not its entry's", () => {
  expect(entriesIn(ICMP).map(({ id, protocol }) => `${protocol} ${id}`)).toEqual(['icmp 5'])
})

test('what is no entry is left out', () => {
  expect(entriesIn('conntrack v1.4.8 (conntrack-tools): 0 flow entries have been shown.\n\n')).toEqual([])
})
