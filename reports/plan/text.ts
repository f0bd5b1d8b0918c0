// A plan as text, for people who decide whether it may happen.

import type { Break, Step } from '../../lab/plan/plan.ts'
import { human, toNs } from '../../lab/time.ts'

/** What a scenario would do, and why that is not known to its end, where it is not. */
export type Planned = {
  /** The test's name. */
  readonly test: string
  readonly steps: readonly Step[]
  readonly unplanned?: string
}

const WORD_WIDTH = 8
const NUMBER_WIDTH = 4
const INDENT = ' '.repeat(NUMBER_WIDTH + WORD_WIDTH + 3)

const waits = (steps: readonly Step[]) =>
  steps.reduce((ns, step) => ns + (step.does === 'wait' ? toNs(step.within) : 0), 0)

/** Each fault is waited for twice: until it shows, and until what it broke serves again. */
const strikes = (steps: readonly Step[]) =>
  steps.reduce(
    (ns, step) => ns + (step.does === 'break' ? toNs(step.effectiveWithin) + toNs(step.restoredWithin) : 0),
    0,
  )

/** When a fault ends that is not healed within the steps: with the scenario, as everything does. */
function lasts({ fault, ends }: Break, at: number, steps: readonly Step[]): string {
  const heal = steps.findIndex((step, i) => i > at && step.does === 'heal' && step.fault === fault)
  const judged = steps.findIndex((step, i) => i > at && step.does === 'judge')
  const until = heal < 0 ? steps.length : heal
  const limit = `at most ${human(waits(steps.slice(at, until)))} of waits`
  // Left to go at the end of its block, after everything that the story had to say.
  const named = heal < 0 || (judged >= 0 && heal > judged) ? 'until the scenario ends' : `until step ${heal + 1}`
  return ends ? `ends by itself ${ends}; ${named} in any case, ${limit}` : `${named}, ${limit}`
}

const few = (names: readonly string[]) => names.join(', ')

function about(step: Step, at: number, steps: readonly Step[]): readonly string[] {
  switch (step.does) {
    case 'start':
      return [`${step.topology}: ${step.nodes} nodes, ${step.links} links`]
    case 'send':
    case 'stop':
      return [step.traffic]
    case 'attempt':
      return [`${step.attempts} exchanges from ${step.from} nodes`]
    case 'run':
      return [`at ${step.node}: ${step.command.split('\n', 1)[0]}`]
    case 'wait':
      return [`at most ${step.within} for ${step.condition}`]
    case 'change':
      return [`${step.fault}, to ${step.to}`]
    case 'heal':
      return [step.fault]
    case 'judge':
      return [`${step.claims.length} ${step.claims.length === 1 ? 'claim' : 'claims'}`, ...step.claims]
    case 'break':
      return [
        step.fault,
        `may strike      ${few(step.strikes) || 'nothing'}`,
        `blast radius    ${step.confinedTo ? few(step.confinedTo) || 'nothing' : 'not declared: what it may strike'}`,
        `in force        ${lasts(step, at, steps)}`,
        `shows within    ${step.effectiveWithin}, or the run is invalid; serves again within ${step.restoredWithin}`,
        `aborted         ${[...step.abortIf.map((condition) => `once ${condition}`), 'by npm run heal, by Ctrl-C'].join('; ')}`,
      ]
  }
}

const WORDS: Readonly<Record<Step['does'], string>> = {
  start: 'start',
  send: 'send',
  stop: 'stop',
  attempt: 'attempt',
  run: 'run',
  wait: 'wait',
  break: 'BREAK',
  change: 'change',
  heal: 'heal',
  judge: 'judge',
}

/** Lines of a plan, without a line end after the last. */
export function planText({ test, steps, unplanned }: Planned): string {
  // What happens when a scenario lets go of its streams is no step of its story.
  const story = steps.slice(0, steps.findLastIndex(({ does }) => does !== 'stop' && does !== 'heal') + 1)
  const lines = story.flatMap((step) => {
    const at = steps.indexOf(step)
    const [first = '', ...more] = about(step, at, steps)
    const head = `${String(at + 1).padStart(NUMBER_WIDTH)}  ${WORDS[step.does].padEnd(WORD_WIDTH)} ${first}`
    return [head, ...more.map((line) => `${INDENT}  ${line}`)]
  })
  const end = unplanned ? `      from here on it depends on what is seen: ${unplanned}` : ''
  const mostNs = waits(steps) + strikes(steps)
  const most = mostNs > 0 ? `      waits at most ${human(mostNs)} in all` : '      waits for nothing'
  return [test, '', ...lines, ...(end ? [end] : []), '', most].join('\n')
}
