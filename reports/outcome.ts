// How a run ended, by whose fault it was: the network's, the machine's or the author's.

import { reason } from '../lab/errors.ts'

/** `invalid`, `aborted` and `error` are red too, but say nothing about the network. */
export type Outcome = { readonly is: 'passed' | 'failed' | 'invalid' | 'aborted' | 'error'; readonly because?: string }

/** As vitest carries an error over to its reporters. */
export type Thrown = { readonly name?: string | undefined; readonly message: string }

/** The author's own slips: ours by class, JavaScript's by name. */
const AUTHORS = ['ScenarioError', 'TypeError', 'ReferenceError', 'SyntaxError', 'RangeError', 'AssertionError']

/** Judged by the first error; later ones are what disposing reported after it. */
export function outcomeOf(errors: readonly Thrown[]): Outcome {
  const first = errors[0]
  if (!first) return { is: 'passed' }
  const name = first.name ?? 'Error'
  const because = `${name}: ${reason(new Error(first.message))}`
  if (name === 'Finding') return { is: 'failed', because }
  if (name === 'Aborted') return { is: 'aborted', because: reason(new Error(first.message)) }
  return { is: AUTHORS.includes(name) ? 'error' : 'invalid', because }
}
