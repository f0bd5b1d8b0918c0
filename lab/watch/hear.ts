// Lines from the watchers in a node, as events of the history: each at the time that its own source gave it.

import type { History } from '../history.ts'
import { unstamp } from '../stamp.ts'
import { told } from '../traffic/told.ts'
import { openflowReader } from './openflow.ts'
import { tunnelsIn } from './tunnel.ts'

/** Streams whose lines are read; those of all others stand in the history as they are. */
export const OPENFLOW = 'openflow'
export const TUNNELS = 'tunnels'
/** Events that a program of ours tells, ready for the history. */
export const EVENTS = 'event'

/** Several write to one pipe, and only up to 4096 bytes come through in one piece (pipe(7), PIPE_BUF). */
const PIECE = 3900
/** Behind the name of a stream: the line goes on in the stream's next one. */
const MORE = '+'

/** A filter that says of which stream each line is, and hands on long ones in pieces. */
export const named = (stream: string): string =>
  `sed -u -E '/^.{${PIECE + 1}}/{s/^(.{${PIECE}})/${stream}${MORE}\\t\\1\\n/;P;D};s/^/${stream}\\t/'`

/** Bash text of a watcher in the background, whose lines say which stream they are of. */
export const watcher = (stream: string, command: string): string =>
  `{ ${command} 2>&1 | ${named(stream)}; } >&$LINES_FD 2>/dev/null </dev/null &`

/** Puts lines together that came in pieces; nothing while more is to come. */
function whole(): (line: string) => { readonly stream: string; readonly said: string } | undefined {
  const pieces = new Map<string, string>()
  return (line) => {
    const tab = line.indexOf('\t')
    const [label, said] = tab < 0 ? ['', line] : [line.slice(0, tab), line.slice(tab + 1)]
    const stream = label.endsWith(MORE) ? label.slice(0, -MORE.length) : label
    const sofar = (pieces.get(stream) ?? '') + said
    if (stream !== label) return void pieces.set(stream, sofar)
    pieces.delete(stream)
    return { stream, said: sofar }
  }
}

/** A burst of rules is over when the history has gone on for so long. */
const OVER_NS = 100e6

/** Further ahead of ours no clock is that is right: all nodes have the same one. */
const WRONG_NS = 1e9

/** Takes the lines that a node's watchers write. A line without a stream is a program's own word. */
export function hear(node: string, history: History): (line: string) => void {
  const when = (unixNs: bigint | undefined) => {
    const atNs = unixNs === undefined ? undefined : history.at(unixNs)
    // A line of the future is that of a daemon whose clock is wrong: it was told now.
    return atNs === undefined || atNs > history.now() + WRONG_NS ? undefined : atNs
  }
  const openflow = openflowReader(({ changes, firstNs, lastNs }) =>
    history.record(
      node,
      { kind: 'flow-table', layer: 'openflow', changes, ...(lastNs > firstNs && { lastNs: history.at(lastNs) }) },
      history.at(firstNs),
    ),
  )
  const tunnels = (text: string) => {
    const { rows, unixNs } = tunnelsIn(text)
    for (const row of rows) history.record(node, { kind: 'tunnel', ...row }, when(unixNs))
  }
  history.watch(({ atNs }) => {
    const openNs = openflow.openNs()
    if (openNs !== undefined && atNs - history.at(openNs) > OVER_NS) openflow.flush()
  })
  history.onSettle(openflow.flush)
  const lines = whole()
  return (line) => {
    const next = lines(line)
    if (!next) return
    const { stream, said } = next
    if (stream === EVENTS) {
      const event = told(said)
      if (event) return void history.record(node, event.body, event.atNs)
    }
    const { text, unixNs } = unstamp(said)
    if (stream === OPENFLOW) openflow.read(text, unixNs)
    else if (stream === TUNNELS) tunnels(text)
    else if (text) history.record(node, { kind: 'line', node, stream, line: text }, when(unixNs))
  }
}
