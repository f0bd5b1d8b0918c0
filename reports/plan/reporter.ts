// For vitest: prints what each scenario would do, in place of what came of it.

import { relative } from 'node:path'
import type { Reporter, TestCase } from 'vitest/node'
import { reason } from '../../lab/errors.ts'
import type { Step } from '../../lab/plan/plan.ts'
import { planText } from './text.ts'

type Print = (text: string) => void

/** A scenario whose author asked for what cannot be is refused in one line; others are planned as far as they can be. */
function told(test: TestCase): string {
  const { plan: steps = [] } = test.meta() as { plan?: readonly Step[] }
  const [error] = test.result().errors ?? []
  if (!error) return planText({ test: test.name, steps })
  const why = reason(new Error(error.message))
  if (error.name === 'ScenarioError' || steps.length === 0) return `${test.name}\n\n${error.name}: ${why}`
  return planText({ test: test.name, steps, unplanned: why })
}

export function planReporter(print: Print = console.log): Reporter {
  return {
    onTestModuleEnd: (module) => {
      print(`\n${relative(process.cwd(), module.moduleId)}`)
      for (const error of module.errors()) print(`\n${error.name}: ${reason(new Error(error.message))}`)
      for (const test of module.children.allTests()) print(`\n${told(test)}`)
    },
    onTestRunEnd: (_, errors) => {
      for (const error of errors) print(`\n${error.name}: ${reason(new Error(error.message))}`)
    },
  }
}
