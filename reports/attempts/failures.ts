// For vitest: tells at the very end what failed, a line each. In a long run's log the whole of it stands far above.

import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node'
import { reason } from '../../lab/errors.ts'

const why = (error: Pick<SerializedError, 'message'> | undefined) =>
  reason(new Error(error?.message ?? 'no reason given'))

type Module = Pick<TestModule, 'relativeModuleId' | 'errors'> & {
  readonly children: { readonly allTests: () => Iterable<Pick<TestCase, 'name' | 'result'>> }
}

/** Where, its name, and why: of each file that could not be read, and of each test that failed. */
export const failures = (modules: readonly Module[]): readonly string[] =>
  modules.flatMap(({ relativeModuleId: file, errors, children }) => [
    ...errors().map((error) => `  ${file}: ${why(error)}`),
    ...[...children.allTests()].flatMap((test) => {
      const { state, errors: own } = test.result()
      return state === 'failed' ? [`  ${file} > ${test.name}: ${why(own?.at(-1))}`] : []
    }),
  ])

export function failuresReporter(print: (text: string) => void = console.log): Reporter {
  return {
    onTestRunEnd: (modules, outside) => {
      const of = modules.map((module) => ({
        relativeModuleId: module.relativeModuleId,
        errors: () => module.errors(),
        children: module.children,
      }))
      const lines = [...failures(of), ...outside.map((error) => `  outside of tests: ${why(error)}`)]
      if (lines.length > 0) print(['', `failed: ${lines.length}`, ...lines, ''].join('\n'))
    },
  }
}
