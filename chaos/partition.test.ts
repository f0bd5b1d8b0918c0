import { expect, test } from 'vitest'
import { twoVpcs } from '../fixtures/two-vpcs.ts'
import { ScenarioError } from '../lab/errors.ts'
import type { Course } from '../lab/patchbay/rules.ts'
import type { Fault } from './fault.ts'
import { inject } from './inject.ts'
import { madeWires } from './made-wires.ts'
import { partition, pathLoss } from './partition.ts'

test.each([
  [pathLoss('chassis-1', 'chassis-2'), 'loss of the path between chassis-1 and chassis-2'],
  [partition([['chassis-1'], ['chassis-2', 'chassis-3']]), 'partition of chassis-1 from chassis-2 and chassis-3'],
  [partition([['chassis-1'], ['chassis-2']], { oneWay: true }), 'one-way partition of chassis-1 to chassis-2'],
])('$name says who is parted', (fault, name) => {
  fault.check({ topology: twoVpcs })
  expect(fault.name).toBe(name)
  expect(fault.targets).toEqual(expect.arrayContaining(['chassis-1', 'chassis-2']))
})

test.each([
  [[['chassis-1'], ['chassis-1']], 'a partition parts nodes; chassis-1 is on both sides'],
  [[['chassis-1'], ['chassis-9']], "no node 'chassis-9' in two-vpcs"],
  [[['chassis-1'], ['vpc-a-web-1']], 'no link between vpc-a-web-1 and fabric in two-vpcs'],
  [[['chassis-1']], 'a partition wants two sets of nodes at least'],
  [[['chassis-1'], []], 'a partition wants two sets of nodes at least'],
])('sets %o are refused', (sets, message) => {
  const check = () => partition(sets).check({ topology: twoVpcs })
  expect(check).toThrow(message)
  expect(check).toThrow(ScenarioError)
})

test('one way of three sets is refused', () => {
  expect(() => partition([['a'], ['b'], ['c']], { oneWay: true })).toThrow('a one-way partition wants two sets, not 3')
})

/** Whom each may no longer send to, and who is answered by whom. */
async function struck(fault: Fault, answers: Readonly<Record<string, string>>, lost = 3) {
  const made = madeWires({ lost })
  const asked: Course[] = []
  const { rules } = made.lab.wires
  const impose: typeof rules.impose = (name, courses) => {
    asked.push(...courses)
    return rules.impose(name, courses)
  }
  const lab = {
    ...made.lab,
    topology: twoVpcs,
    wires: { ...made.lab.wires, rules: { ...rules, impose } },
    try: async (node: string) => {
      const healed = { 'chassis-1': 'chassis-2', 'chassis-2': 'chassis-1' }[node]
      const out = made.standing.size === 0 ? healed : answers[node]
      return { out: out ?? '', exit: 0, bracket: { fromNs: 0, toNs: 0 } }
    },
  }
  await inject(lab, fault, { effectiveWithin: '30ms' })
  return asked.map(({ heading, rule }) => [heading.heading, heading.end.node, rule.match?.peers])
}

test('everybody is kept from those of the other sets, where they send it', async () => {
  expect(await struck(partition([['chassis-1'], ['chassis-2', 'chassis-3']]), {})).toEqual([
    ['from', 'chassis-1', ['172.20.0.12', '172.20.0.13']],
    ['from', 'chassis-2', ['172.20.0.11']],
    ['from', 'chassis-3', ['172.20.0.11']],
  ])
  expect(await struck(partition([['chassis-1'], ['chassis-2']], { oneWay: true }), {})).toEqual([
    ['from', 'chassis-1', ['172.20.0.12']],
  ])
})

test('who is still answered was not parted, nor who was never dropped', async () => {
  const fault = pathLoss('chassis-1', 'chassis-2')
  await expect(struck(fault, { 'chassis-2': 'chassis-1\n' })).rejects.toThrow(
    /^invalid: loss of the path .* did not bite: .*chassis-1 is answered by nobody; chassis-2 is answered by chassis-1/,
  )
  await expect(struck(fault, {}, 0)).rejects.toThrow(/^invalid: .* did not bite: .*; 0 packets dropped$/)
})
