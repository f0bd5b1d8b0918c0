// For vitest: tells at the end of a run where its time went.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reporter, TestCase } from 'vitest/node'
import { onLabs } from '../projects.ts'
import type { Spent } from './spent.ts'
import { type Timed, timeTable, whole } from './table.ts'

/** What the run of a test left on disk; nothing where it left nothing. */
function spentOn(folder: string): Spent | undefined {
  const file = join(folder, 'result.json')
  if (!existsSync(file)) return undefined
  return (JSON.parse(readFileSync(file, 'utf8')) as { spent?: Spent }).spent
}

function timed(test: TestCase): Timed {
  const { gameday } = test.meta() as { gameday?: { evidence: string } }
  const spent = gameday && spentOn(gameday.evidence)
  const file = test.module.moduleId.replace(/^.*\//, '').replace(/(\.lab)?\.test\.ts$/, '')
  const alone = [...test.module.children.allTests()].length === 1
  const testNs = (test.diagnostic()?.duration ?? 0) * 1e6
  return {
    name: alone ? file : `${file}: ${test.name}`.slice(0, 42),
    tookNs: Math.max(testNs, spent ? whole(spent) : 0),
    ...(spent && { spent }),
  }
}

export function timeReporter(print: (text: string) => void = console.log): Reporter {
  const startedMs = performance.now()
  let firstMs: number | undefined
  return {
    onTestModuleStart: ({ project }) => {
      if (onLabs(project.name)) firstMs ??= performance.now()
    },
    onTestRunEnd: (modules) => {
      const tests = modules
        .filter(({ project }) => onLabs(project.name))
        .flatMap(({ children }) => [...children.allTests()])
        .filter((test) => test.result().state !== 'pending')
      const now = performance.now()
      const text = timeTable({
        tests: tests.map(timed),
        tookNs: (now - startedMs) * 1e6,
        beforeNs: ((firstMs ?? now) - startedMs) * 1e6,
      })
      if (text) print(text)
    },
  }
}
