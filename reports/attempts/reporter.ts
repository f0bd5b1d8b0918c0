// For vitest: tells at the end of a run which attempts proved nothing, and why. A green test may have had some.

import type { Reporter, TestCase } from 'vitest/node'
import { reason } from '../../lab/errors.ts'

function told(test: TestCase): string[] {
  const attempts = 1 + (test.diagnostic()?.retryCount ?? 0)
  if (attempts === 1) return []
  const { state, errors = [] } = test.result()
  const nothing = state === 'passed' ? errors : errors.slice(0, -1)
  const whys = nothing.map(({ message }) => `    ${reason(new Error(message))}`)
  return [`  ${test.fullName}: ${state} in attempt ${attempts}, before it`, ...whys]
}

export function attemptsReporter(print: (text: string) => void = console.log): Reporter {
  return {
    onTestRunEnd: (modules) => {
      const lines = modules.flatMap(({ children }) => [...children.allTests()].flatMap(told))
      const tests = lines.filter((line) => !line.startsWith('    ')).length
      if (tests > 0) print(['', `tried again, because an attempt proved nothing: ${tests}`, ...lines, ''].join('\n'))
    },
  }
}
