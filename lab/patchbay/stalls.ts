// Watches whether the machine keeps time. A VM that is paused, or cores that others hold, stop BFD as
// surely as a broken link does; whoever judges the network must know.

import type { Console } from '../engine/console.ts'
import { LabError } from '../errors.ts'
import { type History, ofKind } from '../history.ts'

/**
 * Half of the shortest detection time in use, 3 × 100 ms. A stall as long makes two BFD packets late
 * and the third due: what breaks then may be the machine's doing.
 */
export const STALL_LIMIT_NS = 150e6

/** The longest stall that began in a span of time, ns; 0 without any. */
export const longestStall = (
  history: Pick<History, 'events'>,
  fromNs: number,
  toNs = Number.POSITIVE_INFINITY,
): number =>
  Math.max(
    0,
    ...ofKind(history, 'stall')
      .filter(({ atNs }) => atNs >= fromNs && atNs < toNs)
      .map(({ lengthNs }) => lengthNs),
  )

/** Shorter waits are a busy machine's everyday, and harm no timer of the lab. */
const LIMIT_US = 50_000

/** Starts the watch in the patchbay; each stall becomes an event at the instant it began. */
export async function watchStalls(patchbay: Console, history: History): Promise<void> {
  patchbay.onLine((line) => {
    const late = /^stall (\d+)$/.exec(line)?.[1]
    if (late === undefined) return
    const lengthNs = Number(late) * 1e3
    history.record('patchbay', { kind: 'stall', lengthNs }, history.now() - lengthNs)
  })
  // An earlier watch of this patchbay told another runner, that is gone. By its number and its name: the
  // patchbay sees the processes of every lab, and of the host, where a number may be somebody else's by now.
  const watch = `old=$(cat /run/watch.pid 2>/dev/null) && [ "$(cat /proc/$old/comm 2>/dev/null)" = stallwatch ] && kill $old
stallwatch ${LIMIT_US} >&$LINES_FD 2>/dev/null </dev/null & echo $! >/run/watch.pid`
  const { exit } = await patchbay.try(watch)
  if (exit !== 0) throw new LabError('the watch on the machine did not start')
}
