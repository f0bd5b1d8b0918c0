// The probes as they were captured, for Wireshark: the latest of them, however long a run takes.

import { createWriteStream, openSync, renameSync, type WriteStream } from 'node:fs'

export type CaptureFile = {
  /** Appends; `whole` where the chunk ends with the end of a packet. */
  readonly write: (chunk: Buffer, whole: boolean) => void
  readonly close: () => Promise<void>
}

/** Of a default flow, 96 bytes for each of 4 sightings of 500 probes a second, six minutes fill one. */
const FULL = 64 * 2 ** 20
const FILE_HEADER = 24

/** Opened at once, so that it can be renamed at once. */
const open = (path: string) => createWriteStream(path, { fd: openSync(path, 'w') })

const ended = (stream: WriteStream) =>
  new Promise<void>((resolve, reject) => {
    stream.end((error?: Error | null) => (error ? reject(error) : resolve()))
  })

/** A pcap file at `path`. Once it is full it becomes `path`.old, in place of the one before, and a new one begins. */
export function captureFile(path: string, full = FULL): CaptureFile {
  let stream = open(path)
  let header: Buffer = Buffer.alloc(0)
  let size = 0
  const endings: Promise<void>[] = []
  return {
    write: (chunk, whole) => {
      if (header.length < FILE_HEADER) header = Buffer.concat([header, chunk]).subarray(0, FILE_HEADER)
      stream.write(chunk)
      size += chunk.length
      if (size < full || !whole) return
      endings.push(ended(stream))
      renameSync(path, `${path}.old`) // what is still being written goes on into it
      stream = open(path)
      stream.write(header)
      size = 0
    },
    close: async () => {
      await Promise.all([...endings, ended(stream)])
    },
  }
}
