// Reads what tap.c writes, as it comes: as does `tcpdump -i any -w - --time-stamp-precision=nano`.
// The format: draft-ietf-opsawg-pcap; the link type: LINUX_SLL2, https://www.tcpdump.org/linktypes.html.

import { LabError } from '../errors.ts'

export type Packet = {
  /** Unix time in two numbers: one number of nanoseconds would be exact to 256 ns only. */
  readonly seconds: number
  readonly ns: number
  /** Of the device it was seen at, in the namespace of the capture. */
  readonly ifindex: number
  /** Leaving by the device, not entering by it. */
  readonly outgoing: boolean
  /** From the network header on, as far as captured. */
  readonly bytes: Buffer
}

const NANOSECONDS = 0xa1b23c4d
const MICROSECONDS = 0xa1b2c3d4
const LINUX_SLL2 = 276
const FILE_HEADER = 24
const RECORD_HEADER = 16
const SLL2_HEADER = 20
const PACKET_OUTGOING = 4
/** libpcap's largest snapshot; a longer record means that the stream is torn. */
const LONGEST = 262144

/** How many ns the fraction of a stamp counts in. Throws LabError for anything but pcap with SLL2. */
function fractionNs(header: Buffer): number {
  const magic = header.readUInt32LE(0)
  const link = header.readUInt16LE(20)
  if (magic !== NANOSECONDS && magic !== MICROSECONDS)
    throw new LabError(`wanted a little-endian pcap stream, saw ${JSON.stringify(header.toString('latin1'))}`)
  if (link !== LINUX_SLL2)
    throw new LabError(`wanted a pcap stream of link type LINUX_SLL2 (${LINUX_SLL2}), saw link type ${link}`)
  return magic === NANOSECONDS ? 1 : 1000
}

/**
 * Calls back once per packet, in order; feed it the stream in chunks cut anywhere. Each time it says how
 * many bytes of an unfinished packet it holds. Throws LabError on any other stream.
 */
export function pcapReader(onPacket: (packet: Packet) => void): (chunk: Buffer) => number {
  let rest: Buffer = Buffer.alloc(0)
  let fraction = 0
  return (chunk) => {
    const buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    let at = 0
    if (fraction === 0 && buffer.length >= FILE_HEADER) {
      fraction = fractionNs(buffer.subarray(0, FILE_HEADER))
      at = FILE_HEADER
    }
    while (fraction > 0 && buffer.length - at >= RECORD_HEADER) {
      const size = buffer.readUInt32LE(at + 8)
      if (size > LONGEST) throw new LabError(`torn pcap stream: a record of ${size} bytes, at most ${LONGEST} can be`)
      const body = at + RECORD_HEADER
      if (buffer.length < body + size) break
      if (size >= SLL2_HEADER)
        onPacket({
          seconds: buffer.readUInt32LE(at),
          ns: buffer.readUInt32LE(at + 4) * fraction,
          ifindex: buffer.readUInt32BE(body + 4),
          outgoing: buffer[body + 10] === PACKET_OUTGOING,
          bytes: buffer.subarray(body + SLL2_HEADER, body + size),
        })
      at = body + size
    }
    rest = Buffer.from(buffer.subarray(at))
    return rest.length
  }
}

/** Turns a packet's stamp into ns since a history's epoch, which is Unix time in ns. */
export function since(epoch: string): (stamp: Pick<Packet, 'seconds' | 'ns'>) => number {
  const whole = Number(BigInt(epoch) / 1_000_000_000n)
  const part = Number(BigInt(epoch) % 1_000_000_000n)
  return ({ seconds, ns }) => (seconds - whole) * 1e9 + (ns - part)
}
