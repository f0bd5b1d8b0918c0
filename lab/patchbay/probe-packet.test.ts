import { expect, test } from 'vitest'
import { aProbe, ipPacket, sealed } from './made-packets.ts'
import { decodeProbe, dotted } from './probe-packet.ts'

/** A packet with some bytes written over. */
function changed(change: (ip: Buffer) => void, ip = ipPacket()): Buffer {
  change(ip)
  return ip
}

test.each(['forward', 'reverse', 'stop'] as const)('a %s probe is read whole', (kind) => {
  expect(decodeProbe(ipPacket({ kind }))).toEqual({ ...aProbe, kind })
})

test('numbers above 32 bits and every flow are read', () => {
  const probe = { number: 2 ** 40 + 5, flow: 0xfffffffe, sourceIp: 0xcb007111, sourcePort: 1 }
  expect(decodeProbe(ipPacket(probe))).toMatchObject(probe)
})

test('IP options before the probe change nothing', () => {
  expect(decodeProbe(ipPacket({ number: 9 }, 3))).toEqual({ ...aProbe, number: 9 })
})

test('bytes after the packet, as short Ethernet frames have them, change nothing', () => {
  expect(decodeProbe(Buffer.concat([ipPacket(), Buffer.alloc(6, 0xee)]))).toEqual(aProbe)
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['ARP', Buffer.from(`0001080006040001${'00'.repeat(40)}`, 'hex')],
  ['IPv6', changed((ip) => ip.writeUInt8(0x65, 0))],
  ['TCP', sealed(changed((ip) => ip.writeUInt8(6, 9)))],
  ['an ICMP error that quotes a probe', sealed(changed((ip) => ip.writeUInt8(1, 9)))],
  ['another datagram', sealed(changed((ip) => ip.write('ovnG', 28, 'latin1')))],
  ['a kind that does not exist', sealed(changed((ip) => ip.writeUInt32BE(3, 36)))],
  ['a first fragment', sealed(changed((ip) => ip.writeUInt16BE(0x2000, 6)))],
  ['a later fragment', sealed(changed((ip) => ip.writeUInt16BE(0x0004, 6)))],
  ['a packet cut short', ipPacket().subarray(0, 59)],
  ['a header that ends before it begins', changed((ip) => ip.writeUInt8(0x44, 0))],
])('%s is no probe', (_, packet) => {
  expect(decodeProbe(packet)).toBeNull()
})

test('do-not-fragment is no fragment', () => {
  expect(decodeProbe(sealed(changed((ip) => ip.writeUInt16BE(0x4000, 6))))).toEqual(aProbe)
})

test('a probe with any one bit turned over is no probe, for its receiver will not take it', () => {
  for (let bit = 0; bit < 8 * 60; bit++) {
    const packet = changed((ip) => ip.writeUInt8((ip[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3))
    expect(decodeProbe(packet), `bit ${bit}`).toBeNull()
  }
})

test('without a UDP checksum, or with one left to the device, a probe is taken as it is', () => {
  expect(decodeProbe(changed((ip) => ip.writeUInt16BE(0, 26)))).toEqual(aProbe)
  // Sum of the pseudo-header alone: 0a00 + 010a + c633 + 640a + 17 + 40.
  const partial = changed((ip) => ip.writeUInt16BE(0x3581, 26))
  expect(decodeProbe(partial)).toEqual(aProbe)
})

test('addresses are written with dots', () => {
  expect(['0.0.0.0', '203.0.113.17', '255.255.255.255']).toEqual([0, 0xcb007111, 0xffffffff].map(dotted))
})
