import { afterEach, expect, test, vi } from 'vitest'
import { LabError } from '../errors.ts'
import { missing, ok, type Step } from './step.ts'
import { report, take } from './take.ts'

/** A step that becomes ok once it is done, unless doing it is in vain, and what was asked of it. */
function fakeStep(name: string, { there = false, inVain = false } = {}): Step & { readonly asked: readonly string[] } {
  const asked: string[] = []
  return {
    name,
    asked,
    state: async () => {
      asked.push('state')
      return there || (asked.includes('do') && !inVain) ? ok(name) : missing(name)
    },
    do: async () => {
      asked.push('do')
    },
  }
}

vi.spyOn(console, 'log').mockReturnValue()
afterEach(() => vi.clearAllMocks())

test('what is there is looked at once and left alone', async () => {
  const step = fakeStep('engine', { there: true })
  await take([step])
  expect(step.asked).toEqual(['state'])
})

test('what is missing is brought and looked at again', async () => {
  const step = fakeStep('engine')
  await take([step])
  expect(step.asked).toEqual(['state', 'do', 'state'])
})

test('a step in vain ends the setup before the next one', async () => {
  const [first, second] = [fakeStep('engine', { inVain: true }), fakeStep('image')]
  await expect(take([first, second])).rejects.toThrow(new LabError('engine: still missing engine after setting it up'))
  expect(second.asked).toEqual([])
})

test('a report changes nothing, looks at every step and says whether all is there', async () => {
  const steps = [fakeStep('engine'), fakeStep('image', { there: true })]
  expect(await report(steps)).toBe(false)
  expect(await report([fakeStep('image', { there: true })])).toBe(true)
  expect(steps.map(({ asked }) => asked)).toEqual([['state'], ['state']])
})

test('a step that cannot look is missing in a report', async () => {
  const blind: Step = { name: 'image', state: () => Promise.reject(new Error('no engine')), do: async () => {} }
  expect(await report([blind])).toBe(false)
  expect(console.log).toHaveBeenCalledWith(expect.stringContaining('cannot tell: no engine'))
})
