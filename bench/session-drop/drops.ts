// What runs say of a lost session: for each way the outage that was measured, beside what was claimed of it.

import { toNs } from '../../lab/time.ts'
import { type Spread, spread } from '../statistics.ts'

export type Drop = {
  /** 'during administrative shutdown of the BGP session between nat-gw-a-1 and internet' */
  readonly way: string
  /** What timers, queues and a busy host allow, ns. */
  readonly limitNs: number
  /** The worse of both directions, ns. */
  readonly outageNs: number
}

const CLAIM = /^outage of .+? ((?:during|after) .+?)(?: at least \S+ and)? at most ([\d.]+(?:us|ms|s|min))$/

type Verdict = {
  readonly kind: string
  readonly claim: string
  readonly is: string
  readonly measures?: readonly { readonly name: string; readonly value: number }[]
}

/** The outages that a run's history claims something of; what was not decided is none. */
export function dropsIn(history: string): readonly Drop[] {
  return history.split('\n').flatMap((line): Drop[] => {
    if (!line.includes('"kind":"verdict"')) return []
    const { claim, is, measures = [] } = JSON.parse(line) as Verdict
    const [, way, limit] = CLAIM.exec(claim) ?? []
    const outages = measures.filter(({ name }) => name === 'loss_of_connectivity_period').map(({ value }) => value)
    if (!way || !limit || is === 'undecided' || outages.length === 0) return []
    return [{ way, limitNs: toNs(limit as `${number}ms`), outageNs: Math.max(...outages) }]
  })
}

export type Way = { readonly way: string; readonly limitNs: number; readonly outage: Spread }

/** Many runs of the same ways, way by way, in the order they were first told. */
export const byWay = (drops: readonly Drop[]): readonly Way[] =>
  [...Map.groupBy(drops, ({ way }) => way)].map(([way, those]) => ({
    way,
    limitNs: Math.max(...those.map(({ limitNs }) => limitNs)),
    outage: spread(those.map(({ outageNs }) => outageNs)),
  }))
