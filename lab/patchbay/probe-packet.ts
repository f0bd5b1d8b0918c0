// What prober.c sends, as an IPv4 packet caught on a link.

/** A probe on a link. */
export type Probe = {
  readonly flow: number
  /** `stop` ends a flow and is no probe of it. */
  readonly kind: 'forward' | 'reverse' | 'stop'
  readonly gapUs: number
  /** 1, 2, 3 …; begins anew when the sender does. */
  readonly number: number
  /** The sender's clock, Unix time in us. Together with the number it tells one probe from every other. */
  readonly sentUs: number
  /** Source address as a number, see `dotted`: what NAT made of it up to here. */
  readonly sourceIp: number
  readonly sourcePort: number
}

const KINDS = ['forward', 'reverse', 'stop'] as const
const MAGIC = 0x6f766e67
const UDP = 17
const UDP_HEADER = 8
const PROBE = 32

const u64 = (bytes: Buffer, at: number) => bytes.readUInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4)

/** One's complement sum of 16-bit words (RFC 1071), folded. */
function sum(bytes: Buffer, from: number, to: number, initial = 0): number {
  let total = initial
  for (let at = from; at < to; at += 2) total += ((bytes[at] ?? 0) << 8) | (at + 1 < to ? (bytes[at + 1] ?? 0) : 0)
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16)
  return total
}

/**
 * Both checksums hold, so the receiver will take it. A UDP checksum of 0 means none was made; one
 * that equals the pseudo-header's sum was left to a device that never will be asked (checksum offload).
 */
function intact(ip: Buffer, udp: number): boolean {
  if (sum(ip, 0, udp) !== 0xffff) return false
  const length = ip.readUInt16BE(udp + 4)
  const checksum = ip.readUInt16BE(udp + 6)
  if (udp + length !== ip.readUInt16BE(2)) return false
  if (checksum === 0 || ip.length < udp + length) return true
  const pseudo = sum(ip, 12, 20, UDP + length)
  return checksum === pseudo || sum(ip, udp, udp + length, pseudo) === 0xffff
}

/**
 * The probe in an IPv4 packet, or null: another packet, a fragment, or a probe that was damaged on
 * the way, which counts as lost (RFC 7680 §2.5).
 */
export function decodeProbe(ip: Buffer): Probe | null {
  const first = ip[0] ?? 0
  const udp = (first & 15) * 4
  const at = udp + UDP_HEADER
  if (first >> 4 !== 4 || udp < 20 || ip[9] !== UDP || ip.length < at + PROBE) return null
  if (ip.readUInt32BE(at) !== MAGIC || (ip.readUInt16BE(6) & 0x3fff) !== 0) return null
  const kind = KINDS[ip.readUInt32BE(at + 8)]
  if (!kind || !intact(ip, udp)) return null
  return {
    flow: ip.readUInt32BE(at + 4),
    kind,
    gapUs: ip.readUInt32BE(at + 12),
    number: u64(ip, at + 16),
    sentUs: Math.floor(u64(ip, at + 24) / 1000),
    sourceIp: ip.readUInt32BE(12),
    sourcePort: ip.readUInt16BE(udp),
  }
}

/** '203.0.113.17' of 0xcb007111. */
export const dotted = (ip: number): string => [ip >>> 24, (ip >>> 16) & 255, (ip >>> 8) & 255, ip & 255].join('.')
