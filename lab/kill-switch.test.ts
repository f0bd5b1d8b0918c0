import { expect, test, vi } from 'vitest'
import type { Container } from './engine/container.ts'
import type { FaultPhase } from './events.ts'
import { newHistory } from './history.ts'
import { answerCalls, inForce } from './kill-switch.ts'

function madeRun() {
  const history = newHistory()
  const [ended, told]: string[][] = [[], []]
  const console = { run: async (command: string) => void told?.push(command) }
  const fleet = { of: () => ({ console }) as unknown as Container }
  answerCalls({ history, fleet, abort: (why) => void ended?.push(why) })
  const fault = (name: string, phase: FaultPhase) =>
    history.record('chaos', { kind: 'fault', fault: name, phase, targets: [] })
  const line = (node: string, text: string) => history.record(node, { kind: 'line', node, stream: '', line: text })
  return { history, fault, line, ended: ended ?? [], told: told ?? [] }
}

test('a fault is in force from when it is applied until it is healed', () => {
  const { history, fault } = madeRun()
  fault('eclipse', 'planned')
  expect(inForce(history)).toEqual([])
  fault('eclipse', 'applied')
  fault('comet', 'applied')
  fault('eclipse', 'healing')
  expect(inForce(history)).toEqual(['eclipse', 'comet'])
  fault('eclipse', 'healed')
  expect(inForce(history)).toEqual(['comet'])
})

test('a run that is called ends, and answers what it healed once that is healed, not before', async () => {
  const { fault, line, ended, told } = madeRun()
  fault('eclipse', 'applied')
  line('patchbay', 'heal 0a1b')
  expect(ended).toEqual(['npm run heal'])
  expect(told).toEqual([])
  fault('eclipse', 'healed')
  await vi.waitUntil(() => told.length > 0)
  expect(told).toEqual([expect.stringMatching(/0a1b\.healed\neclipse\nX$/)])
})

test('a run that broke nothing answers so at once, and ends all the same', async () => {
  const { line, ended, told } = madeRun()
  line('patchbay', 'heal 0a1b')
  await vi.waitUntil(() => told.length > 0)
  expect([ended, told]).toEqual([['npm run heal'], [expect.stringMatching(/0a1b\.healed\n\nX$/)]])
})

test.each([
  ['another node', 'nat-gw-a-1', 'heal 0a1b'],
  ['another line', 'patchbay', 'healthy'],
])('%s calls nobody', (_, node, text) => {
  const { line, ended } = madeRun()
  line(node, text)
  expect(ended).toEqual([])
})
