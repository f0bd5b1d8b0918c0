// The verb that ends a scenario: judges its claims.

import { Finding, LabError, ScenarioError } from '../lab/errors.ts'
import type { History } from '../lab/history.ts'
import { generatorKept, heldBack } from './generator.ts'
import { machineKept } from './machine.ts'
import { trafficKept } from './traffic-kept.ts'
import type { Check } from './verdict.ts'

/** The error as thrown by the scenario's own line. */
function at<E extends Error>(error: E): E {
  Error.captureStackTrace(error, verify)
  return error
}

/**
 * Judges every claim and records each verdict. Throws Finding naming every broken claim; else
 * LabError naming every one that could not be decided, the generators' own among them. On a machine
 * that did not keep time, or that held a sender back, nothing is found: what looks broken is told with the LabError.
 */
export function verify(history: History, checks: readonly Check[]): void {
  if (checks.length === 0) throw at(new ScenarioError('verify was given no checks: nothing is claimed'))
  if (history.plan) {
    history.plan.note({ does: 'judge', claims: checks.map(({ claim }) => claim) })
    return
  }
  const broken: string[] = []
  const undecided: string[] = []
  history.settle()
  let kept = !heldBack(history)
  const sentReal = history.events.some(({ kind }) => kind === 'traffic')
  for (const check of [...checks, generatorKept, ...(sentReal ? [trafficKept] : []), machineKept]) {
    const { claim, judge } = check
    const verdict = judge(history)
    const { is, measures = [] } = verdict
    const measured = verdict.is === 'upheld' ? verdict.measured : verdict.because
    history.record('scenario', { kind: 'verdict', claim, is, measured, measures })
    if (is === 'broken') broken.push(`broken: ${measured}`)
    if (check === machineKept && is !== 'upheld') kept = false
    if (is === 'undecided') undecided.push(`undecided: ${measured}`)
  }
  if (!kept) throw at(new LabError(undecided.toReversed().join('\n'), { evidence: broken.join('\n') }))
  if (broken.length > 0) throw at(new Finding(broken.join('\n'), { evidence: undecided.join('\n') }))
  if (undecided.length > 0) throw at(new LabError(undecided.join('\n')))
}
