// A stream to send: a value, that sends nothing before it is started.

import type { Lab } from '../lab/types.ts'
import type { Condition } from '../lab/until.ts'

export type Traffic = {
  /** 'probe vpc-a-web-1 → internet' */
  readonly name: string
  /** Throws ScenarioError for an end that the topology has not. Called before anything is touched. */
  readonly check: (lab: Pick<Lab, 'topology'>) => void
  readonly start: (lab: Lab) => Promise<Flow>
}

/** A stream on its way. */
export type Flow = {
  readonly name: string
  /** Both directions get through now. */
  readonly answered: Condition<Lab>
  /** Both directions have got through without a loss for the validation time (RFC 6412 §3.7.5). */
  readonly sustained: Condition<Lab>
  /** Stops sending and writes what the taps saw into the history. */
  readonly stop: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** Starts a stream. */
export async function send(lab: Lab, traffic: Traffic): Promise<Flow> {
  traffic.check(lab)
  return traffic.start(lab)
}
