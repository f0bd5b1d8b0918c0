// Two isolations that share a link leave each other alone: healing one, the other bites as before.
//
//     chassis-1 ══╳══ nat-gw-a-1 ══╳══ internet
//          isolation of nat-gw-a-1 and of internet share this link

import { expect, test } from 'vitest'
import { inject, isolate } from '../../chaos/index.ts'
import { oneVpc } from '../../fixtures/one-vpc.ts'
import { startLab, steadyState, until } from '../../lab/index.ts'

test('of two isolations that share a link each heals for itself', async (run) => {
  await using lab = await startLab(oneVpc, run)
  const pings = async () => (await lab.try('nat-gw-a-1', 'ping -c 2 -i 0.2 -W 0.3 100.64.1.1')).exit === 0
  expect(await pings()).toBe(true)

  await using far = await inject(lab, isolate('internet'))
  await using gateway = await inject(lab, isolate('nat-gw-a-1'))
  const ends = (name: string) => lab.wires.named(name).ends.map(({ patch }) => patch)
  const twice = ends('nat-gw-a-1:eth1').map((patch) => `2 at ${patch}`)
  expect(await lab.wires.rules.written()).toEqual(expect.arrayContaining(twice))
  await gateway.heal()
  expect(await pings()).toBe(false)
  await far.heal()
  expect(await pings()).toBe(true)
  expect(await lab.wires.rules.written()).toEqual([])
  await until(lab, steadyState, { within: '30s' })
})
