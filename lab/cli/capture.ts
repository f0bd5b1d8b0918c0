import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { Writable } from 'node:stream'
import { labs } from '../engine/labs.ts'
import { LabError, reason } from '../errors.ts'
import { PATCHBAY } from '../patchbay/node.ts'
import type { Command } from './command.ts'
import { reachEngine } from './engine.ts'
import { pickLab, pickNode } from './pick.ts'
import { startTcpdump } from './tcpdump.ts'

async function openFile(path: string): Promise<Writable> {
  const file = createWriteStream(path)
  await once(file, 'open').catch((cause) => {
    throw new LabError(`cannot write ${path}: ${reason(cause)}`, { cause })
  })
  return file
}

export const capture: Command = {
  usage: 'lab:capture <link> [-- --lab NAME] [-w FILE] [filter …]',
  about: 'captures at an end of a link',
  help: `Captures at this end of a link (nat-gw-a-1:eth1), outside the node, until Ctrl-C: into a file with -w, as pcap
when the output is no terminal, else as text. Every packet has the kernel's nanosecond stamp. A filter is in
tcpdump's language: npm run lab:capture nat-gw-a-1:eth1 -- icmp

    npm run -s lab:capture nat-gw-a-1:eth1 | wireshark -k -i -
    npm run -s lab:capture nat-gw-a-1:eth1 -- -w uplink.pcap tcp port 179`,
  words: ['<link>'],
  options: { lab: { type: 'string' }, write: { type: 'string', short: 'w' } },
  rest: true,
  run: async ({ words: [link = ''], options, rest: filter }, signal) => {
    const engine = await reachEngine()
    const lab = pickLab(await labs(engine), options.lab)
    const asText = !options.write && process.stdout.isTTY === true
    const form = asText ? ['-l'] : ['-U', '-w', '-']
    const { packets, stop, ended } = await startTcpdump(engine, pickNode(lab, PATCHBAY).id, link, [...form, ...filter])
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    try {
      const file = options.write ? packets.pipe(await openFile(String(options.write))) : undefined
      const written = file ? once(file, 'finish') : once(packets, 'end')
      if (!file) packets.pipe(process.stdout, { end: false })
      // Whoever reads our output may go first: then the capture is over.
      process.stdout.once('error', () => {
        packets.unpipe().resume()
        stop()
      })
      const where = options.write ? `into ${options.write}` : asText ? 'as text' : 'as pcap'
      console.error(`capturing ${link} of ${lab.name} ${where}; Ctrl-C ends it`)
      const count = await ended
      await written
      console.error(`${count} packets captured`)
      return 0
    } finally {
      stop()
    }
  },
}
