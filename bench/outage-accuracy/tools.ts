// The tools that outages are timed with by hand, running beside our own flows in the same workload.

import type { Lab } from '../../lab/types.ts'
import { failedPolls, missingAnswers, type Reading } from './readings.ts'

/** Prints 'BEFORE AFTER MISSING' where answers are missing; numbers have 16 bits, and begin anew. */
const holes = (number: string) =>
  `awk '{ n = ${number}; t = substr($1, 2, length($1) - 2); if (seen) { missing = (n - last - 1 + 65536) % 65536; if (missing > 0 && missing < 32768) print before, t, missing }; seen = 1; last = n; before = t }'`

type Tool = {
  readonly name: string
  /** Bash text: runs until it is told to end, and prints what can be read. */
  readonly command: (address: string) => string
  readonly read: (text: string, at: (unixNs: bigint) => number) => Reading
}

/** Sends as often as one of our flows, at least a millisecond apart, and makes no other pause between packets. */
const fping = (periodMs: number): Tool => ({
  name: `fping -p ${periodMs}`,
  command: (address) =>
    `stdbuf -oL fping -D -l -p ${periodMs} -i 0.01 -t 100 ${address} 2>/dev/null | grep --line-buffered bytes | ${holes('substr($4, 2) + 0')}`,
  read: (text, at) => missingAnswers(text, periodMs * 1e6, at),
})

/** Below 10 ms it does not wait but spins (ping.c): in a workload, which has eight times the usual share of a busy core. */
const ping: Tool = {
  name: 'ping -i 0.002',
  command: (address) =>
    `ping -D -n -i 0.002 ${address} 2>/dev/null | grep --line-buffered icmp_seq | ${holes('substr($6, 10) + 0')}`,
  read: (text, at) => missingAnswers(text, 2e6, at),
}

/** What people time outages with by hand; on a busy machine without the one that makes a core busy by itself. */
const toolsBeside = ({ ratePps, busy }: Pick<Beside, 'ratePps' | 'busy'>): readonly Tool[] => [
  fping(Math.max(1, Math.round(1000 / ratePps))),
  ...(busy ? [] : [ping]),
  {
    name: 'curl every 100 ms',
    command: (address) =>
      `while :; do began=$EPOCHREALTIME; curl -s -f -o /dev/null -m 1 http://${address}/ && how=ok || how=no; echo "$began $EPOCHREALTIME $how"; sleep 0.1; done`,
    read: (text, at) => failedPolls(text, at),
  },
]

export type Told = { readonly name: string; readonly read: Reading }

export type Beside = {
  readonly node: string
  readonly address: string
  /** Of one of our flows. */
  readonly ratePps: number
  /** Whether all cores have something else to do. */
  readonly busy: boolean
}

/** Starts them all in a workload; the returned function ends them and reads what they wrote. */
export async function startTools(
  lab: Lab,
  { node, address, ratePps, busy }: Beside,
): Promise<() => Promise<readonly Told[]>> {
  const tools = toolsBeside({ ratePps, busy })
  const started = tools.map(
    ({ command }, i) => `( ${command(address)} ) >/tmp/tool.${i} 2>/dev/null </dev/null & echo $!`,
  )
  const { out } = await lab.run(node, started.join('\n'))
  const pids = out.trim().split('\n')
  return async () => {
    await lab.run(node, `pkill -INT -x fping; pkill -INT -x ping; kill ${pids.at(-1)}; wait ${pids.join(' ')}; true`)
    const texts = await Promise.all(tools.map((_, i) => lab.run(node, `cat /tmp/tool.${i}`)))
    return tools.map(({ name, read }, i) => ({ name, read: read(texts[i]?.out ?? '', lab.history.at) }))
  }
}
