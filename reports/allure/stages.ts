// The stages of each outage as Allure's steps, at the times they had.

import { endedText } from '../../lab/stages/stage.ts'
import { human } from '../../lab/time.ts'
import { span } from '../describe.ts'
import type { Row } from '../measures.ts'
import { marks, offset, timerText } from '../stages/words.ts'
import type { Step } from './steps.ts'

const step = (name: string, fromNs: number, toNs: number, steps: Step[] = []): Step => ({
  name,
  fromNs: Math.max(0, fromNs),
  toNs: Math.max(0, toNs),
  status: 'passed',
  steps,
})

/** One for each outage, with a step for each stage and each loss that began later than its fault. */
export function stageSteps(measures: readonly Row[]): Step[] {
  return measures.flatMap(({ flow, direction, phase, outage, stages }) => {
    if (!stages) return []
    const { originNs, totalNs } = stages
    const each = stages.stages.map((stage) => {
      const { name, fromNs, toNs, ended } = stage
      const timer = timerText(stage)
      const text = `${offset(toNs)} ${name}, ${human(toNs - fromNs)}: ${endedText(ended)}${timer ? ` · ${timer}` : ''}`
      return step(text, originNs + fromNs, originNs + toNs)
    })
    const losses = marks(stages).map(({ atNs, text, onset }) =>
      step(`${offset(atNs)} ${text}${onset ? `: ${endedText(onset)}` : ''}`, originNs + atNs, originNs + atNs),
    )
    const within = [...each, ...losses].sort((a, b) => a.toNs - b.toNs)
    const name = `stages of ${flow} ${direction} ${phase}${outage ? `: outage ${span(outage)}` : ''}`
    return [step(name, originNs, originNs + totalNs, within)]
  })
}
