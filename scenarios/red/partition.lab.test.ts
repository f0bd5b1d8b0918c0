// Several partitions of the fabric at once: each takes its own pairs and gives back only these; one way, what is still
// heard is heard. Everybody else is reached throughout.
//
//     central ══ fabric ══ chassis-1, chassis-2, chassis-3

import { expect, test } from 'vitest'
import { inject, partition } from '../../chaos/index.ts'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { nodeNamed, startLab, steadyState, until } from '../../lab/index.ts'

test('partitions that share a node leave each other alone, and one of one way is of one way', async (run) => {
  await using lab = await startLab(twoVpcs, run)
  const address = (node: string) => nodeNamed(twoVpcs, node).addresses[0]
  const reaches = async (from: string, to: string) =>
    (await lab.try(from, `ping -c 2 -i 0.2 -W 0.4 ${address(to)}`)).exit === 0

  await using one = await inject(lab, partition([['chassis-1'], ['chassis-2']]), { restoredWithin: '5s' })
  await using other = await inject(lab, partition([['chassis-1'], ['chassis-3', 'central']]))
  expect(await reaches('chassis-2', 'chassis-3')).toBe(true)
  await one.heal()
  expect([await reaches('chassis-1', 'chassis-2'), await reaches('chassis-3', 'chassis-1')]).toEqual([true, false])
  expect(await reaches('central', 'chassis-1')).toBe(false)
  await other.heal()
  expect(await reaches('chassis-1', 'central')).toBe(true)

  await using deaf = await inject(lab, partition([['chassis-1'], ['chassis-2']], { oneWay: true }))
  const heard = async () => {
    const heading = { end: { node: 'chassis-1', device: 'eth0' }, heading: 'to' } as const
    const before = await lab.wires.count(heading)
    await lab.try('chassis-2', `ping -c 20 -i 0.02 -W 0.1 ${address('chassis-1')}`)
    return (await lab.wires.count(heading)).passed - before.passed
  }
  expect([await reaches('chassis-2', 'chassis-1'), await reaches('chassis-1', 'chassis-3')]).toEqual([false, true])
  expect(await heard()).toBeGreaterThanOrEqual(20)
  await deaf.heal()
  await until(lab, steadyState, { within: '30s' })
})
