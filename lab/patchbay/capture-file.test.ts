import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { captureFile } from './capture-file.ts'
import { ipPacket, pcapStream } from './made-packets.ts'
import { pcapReader } from './pcap.ts'
import { decodeProbe } from './probe-packet.ts'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'capture-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

const numbersIn = (file: string): number[] => {
  const numbers: number[] = []
  pcapReader(({ bytes }) => numbers.push(decodeProbe(bytes)?.number ?? 0))(readFileSync(file))
  return numbers
}

test('a full file is put aside whole, and the next one can be read too', async () => {
  const path = join(folder(), 'capture.pcap')
  const frames = Array.from({ length: 40 }, (_, i) => ({
    seconds: 1,
    fraction: i,
    ifindex: 3,
    outgoing: false,
    bytes: ipPacket({ number: i + 1 }),
  }))
  const stream = pcapStream(frames)
  const read = pcapReader(() => undefined)
  const file = captureFile(path, 1200)
  for (let at = 0; at < stream.length; at += 100) {
    const chunk = stream.subarray(at, at + 100)
    file.write(chunk, read(chunk) === 0)
  }
  await file.close()
  const kept = [...numbersIn(`${path}.old`), ...numbersIn(path)]
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, i) => 41 - kept.length + i))
  expect(numbersIn(path).length).toBeLessThan(40)
  expect(numbersIn(`${path}.old`).length).toBeGreaterThan(10)
})

test('what ends in the middle of a packet is not cut there', async () => {
  const path = join(folder(), 'capture.pcap')
  const file = captureFile(path, 10)
  const stream = pcapStream([{ seconds: 1, fraction: 0, ifindex: 3, outgoing: false, bytes: ipPacket() }])
  file.write(stream.subarray(0, 30), false)
  file.write(stream.subarray(30), true)
  await file.close()
  expect(numbersIn(`${path}.old`)).toEqual([1])
  expect(numbersIn(path)).toEqual([])
})
