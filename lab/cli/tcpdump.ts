// tcpdump in the patchbay, at one end of a link, for as long as we hold it.

import { PassThrough } from 'node:stream'
import { ask } from '../engine/ask.ts'
import type { Engine } from '../engine/client.ts'
import { openSession } from '../engine/session.ts'
import { LabError, ScenarioError } from '../errors.ts'
import { alternatives } from '../topology/alternatives.ts'

export type Capturing = {
  /** What it writes: pcap, or text. */
  readonly packets: PassThrough
  /** Tells it to write out what it has, and to end. */
  readonly stop: () => void
  /** Resolves with the number of packets once it has ended. Rejects with LabError if it ended badly. */
  readonly ended: Promise<number>
}

/** Every packet whole, with the kernel's nanoseconds, at once. */
const TCPDUMP = 'tcpdump -Z root -n --immediate-mode --time-stamp-precision=nano -B 16384'

/**
 * Ends tcpdump when our input ends, however that comes about: otherwise it would go on in the lab for
 * as long as that stays.
 */
const UNTIL_INPUT_ENDS = `${TCPDUMP} "$@" </dev/null & p=$!
exec 3<&0 <&-; { read -r -u 3; kill -TERM $p; } >/dev/null 2>&1 &
exec 3<&-; wait $p`

/** The patchbay's device for an end of a link, by the names that the patchbay itself gave them: any topology will do. */
async function deviceOf(engine: Engine, patchbay: string, end: string): Promise<string> {
  const { out } = await ask(engine, patchbay, ['ip', '-j', 'link'])
  const devices = JSON.parse(out) as { ifname: string; ifalias?: string }[]
  const found = devices.find(({ ifalias }) => ifalias === end)
  if (found) return found.ifname
  const names = devices.flatMap(({ ifalias }) => (ifalias ? [ifalias] : []))
  throw new ScenarioError(`no link '${end}'; there are ${alternatives(end, names.sort())}`)
}

/** What tcpdump says went wrong, without its greeting. */
const complaint = (words: string): string | undefined =>
  words
    .split('\n')
    .filter((line) => line.startsWith('tcpdump: ') && !/listening on|verbose output|data link type/.test(line))
    .at(-1)

/** Starts a capture; it listens when this resolves. Throws ScenarioError for an end that is not there. */
export async function startTcpdump(
  engine: Engine,
  patchbay: string,
  end: string,
  args: readonly string[],
): Promise<Capturing> {
  const device = await deviceOf(engine, patchbay, end)
  const command = ['bash', '-c', UNTIL_INPUT_ENDS, 'tcpdump', '-i', device, ...args]
  const session = await openSession(engine, patchbay, command, { tty: false })
  const packets = new PassThrough()
  const said = new PassThrough().setEncoding('utf8')
  engine.modem.demuxStream(session.stream, packets, said)
  let words = ''
  const listening = new Promise<void>((resolve) => {
    said.on('data', (chunk: string) => {
      words += chunk
      if (words.includes('listening on')) resolve()
    })
  })
  const ended = session.ended.then((exit) => {
    packets.end()
    if (exit !== 0) throw new LabError(complaint(words) ?? `tcpdump ended with exit code ${exit}`)
    return Number(/^(\d+) packets? captured/m.exec(words)?.[1] ?? 0)
  })
  ended.catch(() => {}) // whoever waits for it hears of it
  await Promise.race([listening, ended])
  return { packets, stop: () => void session.stream.end(), ended }
}
