// One long-lived TCP session: held open, one exchange after the other, until it is lost.

import { connect, type Socket } from 'node:net'
import type { SessionPhase } from '../traffic/events.ts'
import { SILENT_NS } from '../traffic/patience.ts'
import { type Counter, kindOf } from './counts.ts'
import { lines, question, sourceIn } from './exchange.ts'

export type SessionOptions = {
  readonly address: string
  readonly port: number
  readonly everyNs: number
  /** Without an answer for so long and without an error, it counts as hung. */
  readonly hungAfterNs: number
  /** Whether one that was lost is established again. */
  readonly reconnect: boolean
}

type About = { readonly phase: SessionPhase; readonly sinceNs: number; readonly source?: string }

export type Session = {
  /** To be called every few ms. Returns how many exchanges became due. */
  readonly tick: (atNs: number) => number
}

/** An attempt to connect is given up for a new one before its SYN is sent again, 1 s after the first (RFC 6298 §2). */
export const ATTEMPT_NS = 950e6
/** Between two attempts that were refused. */
const RETRY_NS = 100e6

const PHASES: readonly string[] = ['reset', 'closed', 'timeout', 'unreachable', 'corrupt', 'hung']

type Make = SessionOptions & {
  readonly session: number
  /** When its first attempt and its first exchange are due. */
  readonly firstNs: number
  readonly now: () => number
  readonly count: Counter
  readonly tell: (about: About) => void
}

export function newSession(make: Make): Session {
  const { address, port, everyNs, hungAfterNs, reconnect, session, firstNs, now, count, tell } = make
  let socket: Socket | undefined
  let established = false
  let given = false
  /** When the attempts began that led, or lead, to this connection; when the latest did; when the next may. */
  let [sinceNs, attemptNs, nextNs, dueNs] = [firstNs, firstNs, firstNs, firstNs]
  let number = 0
  let waiting: { readonly line: string; readonly sentNs: number; told: boolean } | undefined
  let wanted = false

  const drop = () => {
    socket?.removeAllListeners()
    socket?.on('error', () => {}) // what comes of a dropped connection is nobody's business
    socket?.destroy()
    socket = undefined
    waiting = undefined
    number = 0
  }
  const lost = (phase: SessionPhase) => {
    if (waiting) count.failed(phase)
    tell({ phase, sinceNs: waiting?.sentNs ?? now() })
    drop()
    established = false
    given = !reconnect
    sinceNs = nextNs = now()
  }
  const failed = (kind: string) => {
    if (established) return lost(PHASES.includes(kind) ? (kind as SessionPhase) : 'reset')
    drop()
    nextNs = now() + RETRY_NS
  }
  const ask = () => {
    const line = question(session, ++number)
    waiting = { line, sentNs: now(), told: false }
    wanted = false
    count.sent()
    socket?.write(`${line}\n`)
  }
  const hear = (line: string) => {
    const source = waiting && sourceIn(line, waiting.line)
    if (!waiting || source === undefined) return failed('corrupt')
    count.answered(now() - waiting.sentNs)
    if (!established) tell({ phase: 'established', sinceNs, source })
    else if (waiting.told) tell({ phase: 'resumed', sinceNs: waiting.sentNs })
    established = true
    waiting = undefined
  }
  const open = (atNs: number) => {
    attemptNs = atNs
    socket = connect({ host: address, port, noDelay: true })
      .on('connect', ask)
      .on('data', lines(hear))
      .on('end', () => failed('closed'))
      .on('error', (error: { code?: string }) => failed(kindOf(error)))
  }

  return {
    tick: (atNs) => {
      let due = 0
      for (; dueNs <= atNs; dueNs += everyNs) {
        due++
        if (wanted) count.failed('unsent')
        wanted = true
      }
      if (given) return due
      if (!socket && atNs >= nextNs) open(atNs)
      if (!established) {
        if (socket && atNs - attemptNs > ATTEMPT_NS) drop()
      } else if (!waiting) {
        if (wanted) ask()
      } else if (atNs - waiting.sentNs > hungAfterNs) lost('hung')
      else if (!waiting.told && atNs - waiting.sentNs > SILENT_NS) {
        waiting.told = true
        tell({ phase: 'silent', sinceNs: waiting.sentNs })
      }
      return due
    },
  }
}
