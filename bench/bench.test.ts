import { expect, test } from 'vitest'
import { ScenarioError } from '../lab/errors.ts'
import { count } from './bench.ts'

test.each(['1', '20', '20261122'])('%s is a number of times, or a seed', (text) => {
  expect(count('--times', text)).toBe(Number(text))
})

test.each(['0', '-1', '2.5', '', 'many', '1e3'])("'%s' is none", (text) => {
  expect(() => count('--times', text)).toThrow(ScenarioError)
})
