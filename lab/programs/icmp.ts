// Sends ICMP echo requests with fping, and counts what comes of them, by target.

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { endsWith, program } from './program.ts'
import { newSeconds } from './seconds.ts'

export type IcmpOptions = {
  /** Name of a pair → address of its target; no address twice. */
  readonly targets: Readonly<Record<string, string>>
  /** Echo requests to each target each second. */
  readonly rate: number
  readonly timeoutMs: number
}

const { options, now, tell } = program<IcmpOptions>()
const { targets, rate, timeoutMs } = options

const names = Object.keys(targets)
const indexes = new Map(Object.values(targets).map((address, index) => [address, index]))
/** Targets of which the network said that they cannot be reached, since their last request ended. */
const unreachable = new Set<string>()

// An answer names no time of sending but how long it took; a request that had none was sent a timeout ago.
const seconds = newSeconds(
  { names, fromNs: now(), graceNs: timeoutMs * 1e6, scheduled: false },
  (fromNs, toNs, parts) => tell({ kind: 'traffic-sample', fromNs, toNs, parts }),
)

// -l for ever; -p ms between two requests to one target, -i between any two; -B 1 no backoff.
const args = ['-l', '-p', String(1000 / rate), '-i', '1', '-t', String(timeoutMs), '-B', '1', ...indexes.keys()]
const fping = spawn('fping', args, { stdio: ['ignore', 'pipe', 'pipe'] })
fping.on('error', (error) => {
  throw error
})

/** '10.0.1.11 : [7], 64 bytes, 0.41 ms (0.40 avg, 0% loss)', or '… : [7], timed out (…)'. */
const ENDED = /^(\S+)\s+: \[\d+\], (?:timed out|\d+ bytes, ([\d.]+) ms)/
const TOLD = /^ICMP .* for ICMP Echo sent to (\S+)/

function hear(line: string): void {
  const [, told = ''] = TOLD.exec(line) ?? []
  if (indexes.has(told)) unreachable.add(told)
  const [, address = '', ms] = ENDED.exec(line) ?? []
  const index = indexes.get(address)
  if (index === undefined) return
  const count = seconds.at(now() - Number(ms ?? timeoutMs) * 1e6).counts[index]
  count?.sent()
  if (ms !== undefined) count?.answered(Number(ms) * 1e6)
  else count?.failed(unreachable.delete(address) ? 'unreachable' : 'timeout')
}
for (const input of [fping.stdout, fping.stderr]) createInterface({ input }).on('line', hear)

setInterval(() => seconds.next(now()), 1000)
const end = endsWith({ tell }, 'client', () => {
  fping.kill('SIGKILL')
  seconds.last(now())
})
fping.on('exit', (code, signal) => end(`fping ended with ${signal ?? `exit ${code}`}`))
