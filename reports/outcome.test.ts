import { expect, test } from 'vitest'
import { outcomeOf } from './outcome.ts'

test.each([
  ['Finding', 'failed'],
  ['LabError', 'invalid'],
  ['TestTimeoutError', 'invalid'],
  ['Error', 'invalid'],
  ['ScenarioError', 'error'],
  ['TypeError', 'error'],
])('a run that ends with a %s is %s', (name, is) => {
  expect(outcomeOf([{ name, message: 'what was wanted\n\nevidence' }])).toEqual({
    is,
    because: `${name}: what was wanted`,
  })
})

test('a run that was aborted is told as such', () => {
  expect(outcomeOf([{ name: 'Aborted', message: 'aborted: loss of bystanders' }])).toEqual({
    is: 'aborted',
    because: 'aborted: loss of bystanders',
  })
})

test('a run without errors passed', () => {
  expect(outcomeOf([])).toEqual({ is: 'passed' })
})

test('what disposing reports does not hide the finding before it', () => {
  const errors = [
    { name: 'Finding', message: 'broken' },
    { name: 'LabError', message: 'left behind' },
  ]
  expect(outcomeOf(errors).is).toBe('failed')
})
