import { expect, test } from 'vitest'
import { outcome } from './attempt.ts'

test.each([
  ['tcp', 0, 'vpc-a-web-1 10.0.4.10', 'answered'],
  ['tcp', 7, 'curl: (7) Failed to connect to 10.0.3.10 port 5432 after 3 ms: Could not connect to server', 'refused'],
  ['tcp', 28, 'curl: (28) Connection timed out after 2002 milliseconds', 'silent'],
  ['tcp', 56, 'curl: (56) Recv failure: Connection reset by peer', 'refused'],
  ['udp', 0, '203.0.113.17 53719\n', 'answered'],
  ['udp', 0, '', 'silent'],
  ['udp', 1, 'socat[41] E read(6, 0x55f8, 8192): Connection refused', 'refused'],
  ['icmp', 0, '64 bytes from 10.0.1.11: icmp_seq=1 ttl=64 time=0.4 ms', 'answered'],
  ['icmp', 1, 'From 10.0.3.10 icmp_seq=1 Destination Port Unreachable', 'refused'],
  ['icmp', 1, '1 packets transmitted, 0 received, 100% packet loss', 'silent'],
] as const)('%s that ends with %i and says "%s" was %s', (protocol, exit, out, expected) => {
  expect(outcome(protocol, exit, out)).toBe(expected)
})
