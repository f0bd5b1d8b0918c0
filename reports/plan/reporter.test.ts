import { expect, test } from 'vitest'
import type { TestCase, TestModule } from 'vitest/node'
import type { Step } from '../../lab/plan/plan.ts'
import { planReporter } from './reporter.ts'

const start: Step = { does: 'start', topology: 'two-vpcs', nodes: 19, links: 22 }

function print(steps: readonly Step[], errors: readonly { name: string; message: string }[]): string {
  const lines: string[] = []
  const test = { name: 'it holds', meta: () => ({ plan: steps }), result: () => ({ errors }) } as unknown as TestCase
  const module = { moduleId: '/x/scenarios/x.test.ts', errors: () => [], children: { allTests: () => [test] } }
  void planReporter((text) => void lines.push(text)).onTestModuleEnd?.(module as unknown as TestModule)
  return lines.join('\n')
}

test('a scenario that is planned to its end shows its steps', () => {
  expect(print([start], [])).toContain('   1  start    two-vpcs: 19 nodes, 22 links')
})

test('a scenario that asks for what cannot be is refused in one line, without its steps', () => {
  const text = print([start], [{ name: 'ScenarioError', message: "no node 'nat-gw-c-1' in two-vpcs\nmore" }])
  expect(text).toContain("it holds\n\nScenarioError: no node 'nat-gw-c-1' in two-vpcs")
  expect(text).not.toMatch(/start|more/)
})

test('a scenario that depends on what it sees is planned up to there', () => {
  const text = print([start], [{ name: 'AssertionError', message: 'expected 0 to be 3' }])
  expect(text).toContain('two-vpcs: 19 nodes')
  expect(text).toContain('from here on it depends on what is seen: expected 0 to be 3')
})
