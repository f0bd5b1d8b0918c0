// Single exchanges over TCP, UDP and ICMP: does it answer, refuse, or say nothing?

import type { AttemptEvent } from '../lab/events.ts'
import { PROBE_PORT } from '../lab/nodes/plan.ts'
import { nodeNamed } from '../lab/topology/nodes.ts'
import type { Lab } from '../lab/types.ts'

export type Attempt = {
  readonly from: string
  /** A node, tried at its first address. */
  readonly to: string
  readonly protocol: 'tcp' | 'udp' | 'icmp'
  /** TCP: a port that serves HTTP. UDP goes to the prober. */
  readonly port?: number
}

/** Silence is told from slowness by waiting this long, in seconds. */
const PATIENCE_S = 2

/**
 * Attempts under way at once in the whole lab. Of 300 at once, a tenth of those that were allowed came
 * out silent on two busy cores; of 80, none.
 */
const AT_ONCE = 40
/** Of those of one node, however many nodes there are. */
const LEAST_AT_ONCE = 2

/** curl(1): failed to connect. It was told no; had it heard nothing, it would have said 28, timed out. */
const CURL_NO_CONNECTION = 7

function command({ protocol, port }: Attempt, address: string): string {
  if (protocol === 'tcp') return `curl -sS -m ${PATIENCE_S} http://${address}:${port ?? 80}/`
  if (protocol === 'udp') return `echo who | socat -T${PATIENCE_S} - UDP4:${address}:${port ?? PROBE_PORT}`
  return `ping -n -c 1 -W ${PATIENCE_S} ${address}`
}

/** The line of a client's output that says it, without time stamps, process numbers and counters. */
function telling(out: string): string {
  const lines = out.split('\n').map((line) => line.replace(/^\S+ \S+ socat\[\d+\] \w /, '').trim())
  return (
    lines.find((line) => /bytes from|from .* (unreachable|prohibited|filtered)/i.test(line)) ??
    lines.find((line) => line && !/^PING/.test(line)) ??
    ''
  ).slice(0, 160)
}

/** What came back, from what the client printed. */
export function outcome(protocol: Attempt['protocol'], exit: number, out: string): AttemptEvent['outcome'] {
  if (protocol === 'tcp' && exit === CURL_NO_CONNECTION) return 'refused'
  if (/refused|unreachable|prohibited|filtered|reset by peer/i.test(out)) return 'refused'
  if (protocol === 'udp') return /^\d+\.\d+\.\d+\.\d+ \d+$/m.test(out) ? 'answered' : 'silent'
  return exit === 0 ? 'answered' : 'silent'
}

async function fromNode(lab: Lab, from: string, attempts: readonly Attempt[], atOnce: number): Promise<void> {
  const tries = attempts.map((attempt, i) => {
    const address = nodeNamed(lab.topology, attempt.to).addresses[0] ?? ''
    const line = `{ ${command(attempt, address)} >/tmp/attempt.${i} 2>&1; echo "exit $?" >>/tmp/attempt.${i}; } &`
    return i < atOnce ? line : `wait -n; ${line}`
  })
  const show = attempts.map((_, i) => `cat /tmp/attempt.${i}; echo "end ${i}"`)
  // A shell of its own: that of the node has other children, which never end.
  const script = `(\n${tries.join('\n')}\nwait\n)\n${show.join('\n')}\nrm -f /tmp/attempt.*`
  const sinceNs = lab.history.now()
  const rounds = Math.ceil(attempts.length / atOnce)
  const { out } = await lab.run(from, script, { within: `${30 + 2 * PATIENCE_S * rounds}s` })
  for (const [, text = '', exit, i] of out.matchAll(/([\s\S]*?)exit (\d+)\nend (\d+)\n/g)) {
    const attempt = attempts[Number(i)]
    if (!attempt) continue
    const result = outcome(attempt.protocol, Number(exit), text)
    lab.history.record(from, { kind: 'attempt', ...attempt, outcome: result, saw: telling(text), sinceNs })
  }
}

/** Makes all attempts, of all nodes at the same time, some of each node at once, and records what came of each. */
export async function attempt(lab: Lab, attempts: readonly Attempt[]): Promise<void> {
  for (const { from, to } of attempts) for (const node of [from, to]) nodeNamed(lab.topology, node)
  const byNode = Map.groupBy(attempts, ({ from }) => from)
  if (lab.history.plan) return lab.history.plan.note({ does: 'attempt', attempts: attempts.length, from: byNode.size })
  const atOnce = Math.max(LEAST_AT_ONCE, Math.floor(AT_ONCE / byNode.size))
  await Promise.all([...byNode].map(([from, mine]) => fromNode(lab, from, mine, atOnce)))
}
