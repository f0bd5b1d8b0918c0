// Whom a fault reached: the flows that were said to feel it, beside those that did.

import { ScenarioError } from '../lab/errors.ts'
import type { Measure } from '../lab/events.ts'
import type { History } from '../lab/history.ts'
import { strikeOf } from '../lab/loss/strike.ts'
import { impairment } from './impairment.ts'
import type { Check, Named, Verdict } from './verdict.ts'

export type BlastRadius = {
  /** The fault. */
  readonly of: Named
  /** Flows that may feel it: the declared blast radius. */
  readonly declared: readonly Named[]
  /** Flows that may not. */
  readonly bystanders: readonly Named[]
}

/** What a flow felt, from the strike to the end of the run: the heal is of the fault's making too. */
function felt(history: History, flow: Named, fault: Named): Verdict {
  const strike = strikeOf(history, fault)
  if (typeof strike === 'string') return { is: 'undecided', because: strike }
  const stretches = [{ during: fault }, ...(strike.healed ? [{ after: fault }] : [])]
  const verdicts = stretches.map((when) => impairment({ of: flow, is: 'none', ...when }).judge(history))
  const worst =
    verdicts.find(({ is }) => is === 'broken') ?? verdicts.find(({ is }) => is === 'undecided') ?? verdicts[0]
  return worst ?? { is: 'undecided', because: `nothing is known of ${flow.name}` }
}

const names = (flows: readonly Named[]) => flows.map(({ name }) => name).join(', ') || 'none'
const why = (verdict: Verdict) => (verdict.is === 'upheld' ? verdict.measured : verdict.because)

function checked({ of, declared, bystanders }: BlastRadius): void {
  if (declared.length === 0 || bystanders.length === 0)
    throw new ScenarioError(`blast radius of ${of.name} wants declared flows and bystanders, of which it is judged`)
  const both = declared.find(({ name }) => bystanders.some((other) => other.name === name))
  if (both) throw new ScenarioError(`${both.name} is both declared and a bystander of ${of.name}`)
}

/**
 * Every flow that was impaired (RFC 6412 §3.8.1), from the strike to the end of the run, was declared to
 * feel the fault; told as two lists, declared and observed. Undecided where nobody felt anything, so that
 * the fault proves nothing, or where it is not known of a bystander. Throws ScenarioError for a flow that
 * is on both sides, and for a side without flows.
 */
export function blastRadius(options: BlastRadius): Check {
  checked(options)
  const { of, declared, bystanders } = options
  const claim = `blast radius of ${of.name} within ${declared.length} declared flows`
  return {
    claim,
    judge: (history) => {
      const seen = [...declared, ...bystanders].map((flow) => ({ flow, verdict: felt(history, flow, of) }))
      const those = (flows: readonly Named[], is: Verdict['is']) =>
        seen.filter(({ flow, verdict }) => flows.includes(flow) && verdict.is === is)
      const observed = those([...declared, ...bystanders], 'broken').map(({ flow }) => flow)
      const [beyond, unknown] = [those(bystanders, 'broken'), those(bystanders, 'undecided')]
      const share = (flows: readonly Named[]) => `${those(flows, 'broken').length} of ${flows.length}`
      const lists = `felt by ${share(declared)} declared and ${share(bystanders)} bystanders; declared ${names(declared)}; observed ${names(observed)}`
      const measures: Measure[] = [
        { name: 'declared_blast_radius', value: declared.length, unit: 'pairs' },
        { name: 'observed_blast_radius', value: observed.length, unit: 'pairs' },
        { name: 'bystanders', value: bystanders.length, unit: 'pairs' },
      ]
      const evidence = history.events.filter((event) => event.kind === 'fault' && event.fault === of.name)
      const not = (is: 'broken' | 'undecided', because: string): Verdict => ({
        is,
        because: `${claim}, ${because}; ${lists}`,
        measured: lists,
        measures,
        evidence,
      })
      const told = (those: typeof seen) => those.map(({ verdict }) => why(verdict)).join('; ')
      if (beyond.length > 0)
        return not('broken', `was felt by ${names(beyond.map(({ flow }) => flow))}: ${told(beyond)}`)
      if (unknown.length > 0) return not('undecided', told(unknown))
      if (observed.length === 0) return not('undecided', 'nobody felt anything')
      return { is: 'upheld', measured: lists, measures }
    },
  }
}
