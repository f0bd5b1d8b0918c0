import { expect, test } from 'vitest'
import { grouped, topologyIn } from './vitest.order.ts'

test('a scenario is known by the topology that it starts', () => {
  expect(topologyIn('await using lab = await startLab(twoVpcs, run)')).toBe('twoVpcs')
  expect(topologyIn('test.each(rows)(async (row) => startLab(\n  oneVpc, run))')).toBe('oneVpc')
  expect(topologyIn('startLab(withMonitor(twoVpcs), run); send(lab, one(), run)')).toBe('withMonitor(twoVpcs)')
  expect(topologyIn("startLab(withMonitor(withTimers(oneVpc, 'default')), run)")).toBe(
    "withMonitor(withTimers(oneVpc, 'default'))",
  )
  expect(topologyIn("import { startLab } from '../lab/index.ts'")).toBe('')
})

test('what belongs together comes together, and otherwise stays in its order', () => {
  expect(grouped(['b1', 'a1', 'b2', 'c1', 'a2'], (each) => each[0] ?? '')).toEqual(['b1', 'b2', 'a1', 'a2', 'c1'])
})
