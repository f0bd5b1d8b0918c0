import { LabError, reason } from '../errors.ts'
import { say } from './say.ts'
import { missing, type State, type Step } from './step.ts'

/** Without an engine nobody can tell what images it has; that is an answer too. */
const look = (step: Step): Promise<State> => step.state().catch((thrown) => missing(`cannot tell: ${reason(thrown)}`))

/** Reports every step and changes nothing. Returns whether all is there. */
export async function report(steps: readonly Step[]): Promise<boolean> {
  const states: State[] = []
  for (const step of steps) {
    const state = await look(step)
    say[state.is](step.name, state.detail)
    states.push(state)
  }
  return states.every(({ is }) => is === 'ok')
}

/** Takes the steps that are not taken yet, in order. Throws LabError at the first that cannot be. */
export async function take(steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const before = await step.state()
    if (before.is === 'missing') {
      say.missing(step.name, before.detail)
      await step.do()
    }
    const after = before.is === 'ok' ? before : await step.state()
    if (after.is === 'missing') throw new LabError(`${step.name}: still missing ${after.detail} after setting it up`)
    say.ok(step.name, after.detail)
  }
}
