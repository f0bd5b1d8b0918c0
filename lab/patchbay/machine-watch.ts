// Watches whether the machine keeps time. A VM that is paused, cores that others hold and a clock that is
// set stop BFD or bend a measurement as surely as a broken link does; whoever judges the network must know.

import type { Console } from '../engine/console.ts'
import type { EventBody } from '../events.ts'
import type { History } from '../history.ts'
import { ready } from '../until.ts'

/** Shorter waits are a busy machine's everyday, and harm no timer of the lab. */
export const TOLD_STALL_US = 50_000

/** The runner stamps what it does itself no finer: a turn of its event loop and of a console take milliseconds. */
const APART_NS = 10e6

type Told = { readonly body: EventBody; readonly unixUs: number; readonly backNs?: number }

/** What a line of stallwatch says; nothing for any other line. */
export function parseWatch(line: string): Told | undefined {
  const [word, ...rest] = line.split(' ')
  const [first = Number.NaN, ...more] = rest.map(Number)
  const unixUs = more.at(-1) ?? Number.NaN
  if (!Number.isInteger(first) || !Number.isInteger(unixUs)) return undefined
  const ns = first * 1e3
  if (word === 'stall') return { body: { kind: 'stall', lengthNs: ns }, unixUs, backNs: ns }
  if (word === 'step' || word === 'drift') return { body: { kind: 'clock', how: word, byNs: ns }, unixUs }
  const [allUs = Number.NaN, cpus = Number.NaN] = more
  if (word !== 'steal' || !(cpus > 0)) return undefined
  return { body: { kind: 'steal', mostNs: ns, allNs: allUs * 1e3, cpus }, unixUs }
}

/** Bash text that starts the watch in place of an earlier one, which told a runner that is gone. */
const START = `old=$(cat /run/watch.pid 2>/dev/null) && [ "$(cat /proc/$old/comm 2>/dev/null)" = stallwatch ] && kill $old
stallwatch ${TOLD_STALL_US} >&$LINES_FD 2>/dev/null </dev/null & echo $! >/run/watch.pid`

/** Starts the watch in the patchbay; what it tells becomes an event at the instant that it began. */
export async function watchMachine(patchbay: Console, history: History): Promise<void> {
  let begun = false
  patchbay.onLine((line) => {
    if (line === 'watching') begun = true
    const told = parseWatch(line)
    if (!told) return
    // A clock that was set says nothing of when it was.
    const atNs =
      told.body.kind === 'clock' ? history.now() : history.at(BigInt(told.unixUs) * 1000n) - (told.backNs ?? 0)
    history.record('patchbay', told.body, atNs)
  })
  const askedNs = history.now()
  const { bracket } = await patchbay.try(START)
  // What the lab's clock said lies between what ours said before and after, where they are one clock.
  const byNs = Math.min(0, bracket.fromNs - askedNs) + Math.max(0, bracket.toNs - history.now())
  if (Math.abs(byNs) > APART_NS) history.record('patchbay', { kind: 'clock', how: 'apart', byNs })
  const watching = {
    name: 'the watch on the machine to begin',
    look: async () => ({ holds: begun, saw: begun ? 'it watches' : 'nothing of it' }),
  }
  await ready({ history }, watching, { within: '5s', every: '2ms' })
}
