// The verb between a run and its claims on metrics: Prometheus answers, and the answers stand in the history.

import type { History } from '../history.ts'
import type { Lab } from '../types.ts'
import { type Condition, ready } from '../until.ts'
import { instant, monitorOf, range } from './api.ts'
import { SCRAPE_S } from './prometheus.ts'
import { askable } from './series.ts'

export type Asks = {
  /** What to ask of the lab's Prometheus, in PromQL. */
  readonly asks: string
  /** The last instant that it is asked for; without it, or where that cannot be told, it is now. */
  readonly upTo?: (history: History) => number | undefined
}

const asks = (claim: object): claim is Asks => 'asks' in claim && typeof claim.asks === 'string'

/** Every target that is up has been scraped since then: what happened until then is in what it says. */
const scrapedSince = (ns: number): Condition<Lab> => ({
  name: 'every exporter that is up to be scraped once more',
  look: async (lab) => {
    const series = await instant(lab, 'min(timestamp(up == 1))')
    const seconds = series[0]?.points[0]?.[1]
    if (seconds === undefined) return { holds: false, saw: 'no exporter is up' }
    const lateNs = ns - lab.history.at(BigInt(Math.round(seconds * 1000)) * 1_000_000n)
    return { holds: lateNs <= 0, saw: `the oldest scrape was ${(lateNs / 1e9).toFixed(1)}s too early` }
  },
})

/**
 * Has Prometheus answer, over the run so far, what these claims ask, once it has scraped all that happened until
 * then: until now, but for a claim on a stretch that is over. Claims that ask nothing are left alone, so that all of a
 * scenario's can be handed over. Throws ScenarioError for a lab without a monitor and for what is no PromQL, LabError
 * where Prometheus does not answer.
 */
export async function ask(lab: Lab, claims: readonly object[]): Promise<void> {
  const asked = claims.filter(asks).map(({ asks: query, upTo }) => ({ query, endNs: upTo?.(lab.history) }))
  const [first] = asked
  if (first === undefined) return
  monitorOf(lab, first.query)
  if (lab.history.plan) return
  const ends = asked.map(({ endNs }) => endNs ?? lab.history.now())
  // A look takes some ms of two cores; scrapes come once a second.
  await ready(lab, scrapedSince(Math.max(...ends)), { within: '10s', every: '200ms' })
  const nowNs = askable(lab.history, lab.history.now())
  for (const { query, endNs } of unlike(asked)) {
    const toNs = endNs ?? nowNs
    // Counted back from the end: the last value is what a condition sees that looks then.
    const answer = await range(lab, query, toNs % (SCRAPE_S * 1e9), toNs)
    lab.history.record('monitor', endNs === undefined ? answer : { ...answer, endsWithStretch: true })
  }
}

type Question = { readonly query: string; readonly endNs: number | undefined }

const unlike = (questions: readonly Question[]): readonly Question[] => [
  ...new Map(questions.map((each) => [`${each.endNs} ${each.query}`, each])).values(),
]
