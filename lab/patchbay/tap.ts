// A capture of every probe at every link end, with the kernel's stamps: what went into a link and
// came out of it, outside the systems under test. The packets go to disk as they come.

import { createWriteStream } from 'node:fs'
import type { Engine } from '../engine/client.ts'
import type { Container } from '../engine/container.ts'
import { follow } from '../engine/stream.ts'
import { LabError } from '../errors.ts'
import type { History } from '../history.ts'
import { pcapReader, since } from './pcap.ts'
import { decodeProbe } from './probe-packet.ts'
import { newSightings, type Sightings, type TapEnd } from './sightings.ts'
import type { Wires } from './wires.ts'

export type Tap = {
  readonly sightings: Sightings
  /** Throws LabError if the capture has ended before its time: nothing seen since would mean anything. */
  readonly assertAlive: () => void
  /** Stops the capture; the file is complete when this resolves. */
  readonly close: () => Promise<void>
}

/** Probes only, by the first word of their payload; 96 bytes hold all headers and the probe. */
const CAPTURE = 'tcpdump -Z root -i any -n -U -w - --time-stamp-precision=nano -B 16384 -s 96'.split(' ')
const PROBES = 'udp[8:4] = 0x6f766e67'

type TapOptions = {
  readonly engine: Engine
  readonly patchbay: Pick<Container, 'id'>
  readonly wires: Wires
  readonly history: History
  /** Where the capture goes. */
  readonly file: string
  /** Nodes that every path runs through: the chassis. */
  readonly transparent: (node: string) => boolean
}

/** The ends of the links as they are at this moment, by index of the patchbay's device. */
const endsNow = (wires: Wires): Map<number, TapEnd> =>
  new Map(
    wires
      .all()
      .flatMap(({ link, ends }) =>
        ends.map(({ node, device, ifindex }) => [ifindex, { link: link.name, node, device }]),
      ),
  )

/** Starts the capture; it listens when this resolves. */
export async function startTap({ engine, patchbay, wires, history, file, transparent }: TapOptions): Promise<Tap> {
  const following = await follow(engine, patchbay, [...CAPTURE, PROBES])
  const disk = createWriteStream(file)
  const ends = endsNow(wires)
  wires.onChange(() => {
    for (const [ifindex, end] of endsNow(wires)) ends.set(ifindex, end)
  })
  const sightings = newSightings({ ends, transparent })
  const stamp = since(history.epoch)
  const read = pcapReader((packet) => {
    const probe = decodeProbe(packet.bytes)
    if (probe) sightings.see(packet.ifindex, packet.outgoing, stamp(packet), probe)
  })
  const listening = Promise.withResolvers<void>()
  following.onData((chunk) => {
    disk.write(chunk)
    read(chunk)
    listening.resolve() // the file header is the first thing that tcpdump writes once its socket is open
  })
  void following.ended.then(() =>
    listening.reject(new LabError('the capture ended before it began', { evidence: following.errors() })),
  )
  await listening.promise
  let ended = false
  void following.ended.then(() => {
    ended = true
  })
  return {
    sightings,
    assertAlive: () => {
      if (ended) throw new LabError('the capture in the patchbay ended by itself', { evidence: following.errors() })
    },
    close: () =>
      new Promise((resolve, reject) => {
        following.close()
        disk.end((error?: Error | null) => (error ? reject(error) : resolve()))
      }),
  }
}
