import { expect, test } from 'vitest'
import { LabError } from '../errors.ts'
import { type Frame, pcapStream } from './made-packets.ts'
import { type Packet, pcapReader, since } from './pcap.ts'

const frames: readonly Frame[] = [
  { seconds: 1_760_000_000, fraction: 123_456_789, ifindex: 3, outgoing: false, bytes: Buffer.from('first') },
  { seconds: 1_760_000_000, fraction: 123_499_999, ifindex: 70_000, outgoing: true, bytes: Buffer.alloc(0) },
  { seconds: 1_760_000_001, fraction: 7, ifindex: 4, outgoing: true, bytes: Buffer.from('the third') },
]

const shown = ({ bytes, ...packet }: Packet) => ({ ...packet, text: bytes.toString() })
const expected = frames.map(({ fraction, bytes, ...frame }) => ({ ...frame, ns: fraction, text: bytes.toString() }))

function read(chunks: readonly Buffer[]) {
  const packets: ReturnType<typeof shown>[] = []
  const feed = pcapReader((packet) => packets.push(shown(packet)))
  for (const chunk of chunks) feed(chunk)
  return packets
}

test('every packet comes out once, with its stamp, device and way', () => {
  expect(read([pcapStream(frames)])).toEqual(expected)
})

test('a stream cut in two at any byte reads the same', () => {
  const stream = pcapStream(frames)
  for (let cut = 0; cut <= stream.length; cut++)
    expect(read([stream.subarray(0, cut), stream.subarray(cut)]), `cut at ${cut}`).toEqual(expected)
})

test('a stream that comes byte by byte reads the same', () => {
  expect(read([...pcapStream(frames)].map((byte) => Buffer.of(byte)))).toEqual(expected)
})

test('what a chunk held is kept apart from the buffer it came in', () => {
  const stream = pcapStream(frames)
  const reused = Buffer.from(stream.subarray(0, 70))
  const packets: ReturnType<typeof shown>[] = []
  const feed = pcapReader((packet) => packets.push(shown(packet)))
  feed(reused)
  reused.fill(0xff)
  feed(stream.subarray(70))
  expect(packets).toEqual(expected)
})

test('a packet is there as soon as its last byte is', () => {
  const stream = pcapStream(frames.slice(0, 1))
  expect(read([stream.subarray(0, -1)])).toEqual([])
  expect(read([stream])).toHaveLength(1)
})

test('stamps in microseconds become ns', () => {
  const [frame] = frames
  expect(read([pcapStream(frame ? [{ ...frame, fraction: 123_456 }] : [], 0xa1b2c3d4)])[0]?.ns).toBe(123_456_000)
})

test.each([
  [
    'what tcpdump says in place of a stream',
    Buffer.from('tcpdump: any: No such device exists'),
    'saw "tcpdump: any: No such',
  ],
  ['pcapng', Buffer.concat([Buffer.from('0a0d0d0a', 'hex'), Buffer.alloc(24)]), 'little-endian pcap'],
  ['a big-endian stream', Buffer.from(pcapStream([])).swap32(), 'little-endian pcap'],
  ['another link type', pcapStream([], 0xa1b23c4d, 113), 'LINUX_SLL2 (276), saw link type 113'],
])('%s is refused', (_, stream, message) => {
  expect(() => read([stream])).toThrow(LabError)
  expect(() => read([stream])).toThrow(message)
})

test('a torn stream is refused, not waited for', () => {
  const stream = pcapStream(frames)
  const torn = Buffer.concat([stream.subarray(0, 24), stream.subarray(26)])
  expect(() => read([torn])).toThrow(/torn pcap stream: a record of \d+ bytes/)
})

test('stamps become ns since an epoch, exactly', () => {
  const at = since('1760000000123456789')
  expect(at({ seconds: 1_760_000_000, ns: 123_456_790 })).toBe(1)
  expect(at({ seconds: 1_760_000_002, ns: 0 })).toBe(1_876_543_211)
  expect(at({ seconds: 1_759_999_999, ns: 123_456_789 })).toBe(-1e9)
})
