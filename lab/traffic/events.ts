// What generators of real traffic tell while they run. Times are ns since the history's epoch, by the
// clock of the node that tells; all nodes share it.

import type { Tier } from '../topology/types.ts'

/** Whose traffic it is, as the topology says. */
export type Labels = {
  readonly tenant?: string
  readonly vpc?: string
  /** Of the node that asks, and of the one that answers. */
  readonly tier?: Tier
  readonly toTier?: Tier | 'internet'
}

/** What measures of real traffic are in. */
export type TrafficUnit = 'ratio' | 'bit/s' | 'requests/s' | 'sessions'

/** Real traffic starts or stops. */
export type TrafficEvent = Labels & {
  readonly kind: 'traffic'
  /** 'http vpc-a-web-1 → vpc-a-app-1' */
  readonly flow: string
  /** What it is a part of, 'standard mix'. */
  readonly of?: string
  readonly generator: 'http' | 'tcp' | 'udp' | 'icmp' | 'sessions'
  readonly phase: 'started' | 'stopped'
  readonly from: string
  readonly to: string
  /** What is asked for each second, in all. */
  readonly asked: number
  readonly unit: 'requests' | 'echoes' | 'exchanges' | 'bits'
  /** Long-lived sessions that are held. */
  readonly sessions?: number
  /** So much later than it ended is a second told at the earliest: nobody knows before whether more comes. */
  readonly toldAfterNs?: number
}

/** Requests of one kind, and what came of them in a span of time. */
export type RequestCounts = {
  /** Their class: 'GET /', 'vpc-a-web-1 → vpc-a-app-1', 'exchange'. */
  readonly name: string
  /** How many the schedule asked for. */
  readonly asked: number
  readonly sent: number
  /** Those that were answered as they should be. What had no answer yet when the generator was stopped is in neither. */
  readonly answered: number
  /**
   * By kind: timeout, reset, refused, closed, unreachable, mismatch, 'status 502'; and unsent, what the
   * schedule asked for while the connection still waited for an answer.
   */
  readonly errors: Readonly<Record<string, number>>
  /** Of the answered ones: a histogram (lab/traffic/histogram.ts), and the longest, ns. */
  readonly latency: readonly number[]
  readonly longestNs: number
  /** HTTP status codes. */
  readonly status?: Readonly<Record<string, number>>
  /** The client's address as the answers named it. */
  readonly sources?: Readonly<Record<string, number>>
  /** Who answered, by the name in the answers. */
  readonly servers?: Readonly<Record<string, number>>
}

/**
 * What the requests that a generator sent in about a second came to; told once all of them have ended.
 * Exchanges of long-lived sessions count when they end: one that hangs may take minutes.
 */
export type TrafficSample = {
  readonly kind: 'traffic-sample'
  readonly flow: string
  readonly fromNs: number
  readonly toNs: number
  readonly parts: readonly RequestCounts[]
}

/** What one side of a bulk transfer sent or got in about a second. */
export type TransferSample = {
  readonly kind: 'transfer-sample'
  readonly flow: string
  /** Goodput is what the receiver got; retransmits are known to the sender only. */
  readonly side: 'sender' | 'receiver'
  readonly fromNs: number
  readonly toNs: number
  readonly bytes: number
  /** TCP segments sent again (RFC 9293 §3.8.1). */
  readonly retransmits?: number
  /** The longest smoothed round-trip time of TCP's streams at the end (RFC 6298 §2), ns. */
  readonly smoothedRttNs?: number
  readonly datagrams?: number
  readonly lost?: number
  /** iperf3's: the smoothed interarrival jitter of RFC 1889 §6.3.1, which is no ipdv. */
  readonly interarrivalJitterNs?: number
}

/**
 * `silent`: an exchange has waited for its answer for a while. `resumed`: that answer came. Lost for good:
 * `reset` (RST seen), `closed` (FIN seen), `timeout` (the kernel gave up), `unreachable` (by ICMP),
 * `corrupt` (an answer to something else), `hung` (no answer for as long as is waited, and no error).
 */
export type SessionPhase =
  | 'established'
  | 'silent'
  | 'resumed'
  | 'reset'
  | 'closed'
  | 'timeout'
  | 'unreachable'
  | 'corrupt'
  | 'hung'

/** Something happened to one long-lived TCP session. */
export type SessionEvent = {
  readonly kind: 'session'
  readonly flow: string
  /** 1, 2, …; it keeps its number when it is established again. */
  readonly session: number
  readonly phase: SessionPhase
  /** When the exchange or the first attempt to connect began that this is about. */
  readonly sinceNs: number
  /** The client's address and port as the server saw them, for `established`. */
  readonly source?: string
}

/** Short sessions, begun one after the other: whether new ones work now. Index i of each list is one. */
export type NewSessions = {
  readonly kind: 'new-sessions'
  readonly flow: string
  readonly startedNs: readonly number[]
  /** From the first packet to the answer to the first exchange; null: no answer in time, or an error. */
  readonly afterNs: readonly (number | null)[]
  /** The client's address as the server saw it. */
  readonly sources: readonly (string | null)[]
}

/** What the sessions' server saw in about a second. */
export type SessionServerSample = {
  readonly kind: 'session-server'
  readonly flow: string
  readonly fromNs: number
  readonly toNs: number
  readonly open: number
  /** Connections that ended with an RST received. */
  readonly resets: number
  /** RST segments that the server's host sent, whatever for (RFC 4022 tcpOutRsts). */
  readonly resetsSent: number
}

/** A generator's process has ended; `why` is empty where it was told to. */
export type TrafficEnded = {
  readonly kind: 'traffic-ended'
  readonly flow: string
  readonly side: 'client' | 'server'
  readonly why: string
}

/** What generators tell. */
export type Told = TrafficSample | TransferSample | SessionEvent | NewSessions | SessionServerSample | TrafficEnded
