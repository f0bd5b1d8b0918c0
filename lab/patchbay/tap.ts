// A capture of every probe at every link end, with the kernel's stamps: what went into a link and
// came out of it, outside the systems under test. The packets go to disk as they come.

import type { Engine } from '../engine/client.ts'
import type { Container } from '../engine/container.ts'
import { follow } from '../engine/stream.ts'
import { LabError } from '../errors.ts'
import type { History } from '../history.ts'
import type { Role } from '../topology/nodes.ts'
import { captureFile } from './capture-file.ts'
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

type TapOptions = {
  readonly engine: Engine
  readonly patchbay: Pick<Container, 'id'>
  readonly wires: Wires
  readonly history: History
  /** Where the capture goes. */
  readonly file: string
  readonly roleOf: (node: string) => Role
}

/** They are the end of no flow. */
const HANDS_ON: readonly Role[] = ['chassis', 'gateway']

/** The ends of the links as they are at this moment, by index of the patchbay's device. */
const endsNow = (wires: Wires, roleOf: TapOptions['roleOf']): Map<number, TapEnd> =>
  new Map(
    wires.all().flatMap(({ link, ends }) =>
      ends.map(({ node, device, ifindex }): [number, TapEnd] => {
        const far = link.fabric ? undefined : ends.find((end) => end.node !== node)?.node
        return [ifindex, { link: link.name, node, device, far, transparent: roleOf(node) === 'chassis' }]
      }),
    ),
  )

/** Starts the capture; it listens when this resolves. */
export async function startTap({ engine, patchbay, wires, history, file, roleOf }: TapOptions): Promise<Tap> {
  const following = await follow(engine, patchbay, ['tap'])
  const disk = captureFile(file)
  const ends = new Map<number, TapEnd>()
  /** What leaves towards a node on the way is of no use to anyone: only its receiver's link says that it passed. */
  const learn = () => {
    for (const [ifindex, end] of endsNow(wires, roleOf)) ends.set(ifindex, end)
    following.write(
      `mute ${[...ends].flatMap(([ifindex, { node }]) => (HANDS_ON.includes(roleOf(node)) ? ifindex : [])).join(' ')}\n`,
    )
  }
  learn()
  const forget = wires.onChange(learn)
  const sightings = newSightings({ ends })
  const stamp = since(history.epoch)
  const read = pcapReader((packet) => {
    const probe = decodeProbe(packet.bytes)
    if (probe) sightings.see(packet.ifindex, packet.outgoing, stamp(packet), probe)
  })
  const listening = Promise.withResolvers<void>()
  following.onData((chunk) => {
    disk.write(chunk, read(chunk) === 0)
    listening.resolve() // the file header is written as soon as the socket is open
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
      const said = following.errors().trim()
      if (said) throw new LabError(`invalid: the capture in the patchbay is not complete: ${said.split('\n')[0]}`)
    },
    close: async () => {
      forget()
      following.close()
      await disk.close()
    },
  }
}
