// A stream to send: a value, that sends nothing before it is started.

import type { Lab } from '../lab/types.ts'
import type { Condition } from '../lab/until.ts'
import { plannedFlow } from './plan.ts'

export type Traffic = {
  /** 'probe vpc-a-web-1 → internet' */
  readonly name: string
  /** Throws ScenarioError for an end that the topology has not. Called before anything is touched. */
  readonly check: (lab: Pick<Lab, 'topology'>) => void
  /** `of`: the mix that it is a part of. */
  readonly start: (lab: Lab, of?: string) => Promise<Flow>
}

/** A stream on its way. */
export type Flow = {
  readonly name: string
  /** It gets through now, both ways. */
  readonly answered: Condition<Lab>
  /** It has got through, both ways and without a loss, for the validation time (RFC 6412 §3.7.5). */
  readonly sustained: Condition<Lab>
  /** Stops sending and writes what was seen of it into the history. */
  readonly stop: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** Starts a stream. */
export async function send(lab: Lab, traffic: Traffic): Promise<Flow> {
  traffic.check(lab)
  return lab.history.plan ? plannedFlow(traffic.name, lab.history.plan) : traffic.start(lab)
}
