import { expect, test } from 'vitest'
import type { TestCase } from 'vitest/node'
import { failures } from './failures.ts'

type Made = { readonly name: string; readonly said?: readonly string[] }

const result = ({ said }: Made) =>
  (said
    ? { state: 'failed', errors: said.map((message) => ({ message })) }
    : { state: 'passed', errors: undefined }) as ReturnType<TestCase['result']>

const module = (relativeModuleId: string, tests: readonly Made[], unread: readonly string[] = []) => ({
  relativeModuleId,
  errors: () => unread.map((message) => ({ message })),
  children: { allTests: () => tests.map((made) => ({ name: made.name, result: () => result(made) })) },
})

test('what failed is told by file, name and the first line of its last error', () => {
  const flap = module('scenarios/link-flap.test.ts', [
    {
      name: 'carries again',
      said: ['undecided: saw 0 probes', 'broken: outage at most 1s, was 3.42s ± 1ms\n  of 3 measures'],
    },
    { name: 'stays up' },
  ])
  const unread = module('chaos/plan.test.ts', [], ['Cannot find module x\nat y'])
  expect(failures([flap, unread])).toEqual([
    '  scenarios/link-flap.test.ts > carries again: broken: outage at most 1s, was 3.42s ± 1ms',
    '  chaos/plan.test.ts: Cannot find module x',
  ])
})
