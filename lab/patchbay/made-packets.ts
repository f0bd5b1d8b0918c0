// Packets with a known content, for the tests of this folder.

import type { Probe } from './probe-packet.ts'

const KINDS = { forward: 0, reverse: 1, stop: 2 }

function checksum(bytes: Buffer, initial = 0): number {
  let total = initial
  for (let at = 0; at < bytes.length; at += 2) total += bytes.readUInt16BE(at)
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16)
  return ~total & 0xffff
}

export const aProbe: Probe = {
  flow: 7,
  kind: 'forward',
  gapUs: 4000,
  number: 1,
  sentUs: 1_760_000_000_123_456,
  sourceIp: 0x0a00010a,
  sourcePort: 40000,
}

/** The IPv4 packet of a probe, with both checksums; `options` are words between the IP header and UDP. */
export function ipPacket(probe: Partial<Probe> = {}, options = 0): Buffer {
  const { flow, kind, gapUs, number, sentUs, sourceIp, sourcePort } = { ...aProbe, ...probe }
  const header = 20 + 4 * options
  const ip = Buffer.alloc(header + 40)
  ip[0] = 0x40 | (header / 4)
  ip.writeUInt16BE(ip.length, 2)
  ip[8] = 62
  ip[9] = 17
  ip.writeUInt32BE(sourceIp, 12)
  ip.writeUInt32BE(0xc633640a, 16)
  ip.fill(1, 20, header) // no-operation
  const udp = ip.subarray(header)
  udp.writeUInt16BE(sourcePort, 0)
  udp.writeUInt16BE(4789, 2)
  udp.writeUInt16BE(40, 4)
  udp.write('ovng', 8, 'latin1')
  udp.writeUInt32BE(flow, 12)
  udp.writeUInt32BE(KINDS[kind], 16)
  udp.writeUInt32BE(gapUs, 20)
  udp.writeBigUInt64BE(BigInt(number), 24)
  udp.writeBigUInt64BE(BigInt(sentUs) * 1000n + 789n, 32)
  return sealed(ip)
}

/** The packet with its checksums made anew. */
export function sealed(ip: Buffer): Buffer {
  const header = ((ip[0] ?? 0) & 15) * 4
  const udp = ip.subarray(header)
  ip.writeUInt16BE(0, 10)
  ip.writeUInt16BE(checksum(ip.subarray(0, header)), 10)
  udp.writeUInt16BE(0, 6)
  const pseudo = ~checksum(ip.subarray(12, 20), 17 + udp.length) & 0xffff
  udp.writeUInt16BE(checksum(udp, pseudo), 6)
  return ip
}

export type Frame = {
  readonly seconds: number
  readonly fraction: number
  readonly ifindex: number
  readonly outgoing: boolean
  readonly bytes: Buffer
}

/** A pcap stream of LINUX_SLL2 as tcpdump writes it on a little-endian machine. */
export function pcapStream(frames: readonly Frame[], magic = 0xa1b23c4d, link = 276): Buffer {
  const header = Buffer.alloc(24)
  header.writeUInt32LE(magic, 0)
  header.writeUInt16LE(2, 4)
  header.writeUInt16LE(4, 6)
  header.writeUInt32LE(262144, 16)
  header.writeUInt32LE(link, 20)
  const records = frames.map(({ seconds, fraction, ifindex, outgoing, bytes }) => {
    const record = Buffer.alloc(36)
    record.writeUInt32LE(seconds, 0)
    record.writeUInt32LE(fraction, 4)
    record.writeUInt32LE(20 + bytes.length, 8)
    record.writeUInt32LE(20 + bytes.length, 12)
    record.writeUInt16BE(0x0800, 16)
    record.writeUInt32BE(ifindex, 20)
    record.writeUInt16BE(1, 24)
    record[26] = outgoing ? 4 : 0
    record[27] = 6
    return Buffer.concat([record, bytes])
  })
  return Buffer.concat([header, ...records])
}
