import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { planNodes } from '../../lab/nodes/index.ts'
import { links } from '../../lab/topology/links.ts'
import { address, boot, wire } from './naive.ts'

const name = (node: string) => `c-${node}`
const pid = () => 4711
const plans = planNodes(twoVpcs)
const all = links(twoVpcs)
const ends = all.flatMap((link) => link.ends)

test('every end of every link is made in the namespace of its node, and every link is joined', () => {
  const calls = wire(twoVpcs, name, pid).map((call) => call.join(' '))
  const made = calls.filter((call) => call.includes('type veth'))
  expect(made).toHaveLength(ends.length)
  for (const { device } of ends)
    expect(made.filter((call) => call.includes(`name ${device} netns 4711`))).not.toEqual([])
  expect(calls.filter((call) => call.includes('master fabric'))).toHaveLength(all.filter(({ fabric }) => fabric).length)
  expect(calls.filter((call) => call.includes('mirred'))).toHaveLength(2 * all.filter(({ fabric }) => !fabric).length)
})

test('every address and route of every plan is set by a command of its own', () => {
  const calls = address(plans, name, pid).map((call) => call.join(' '))
  for (const { interfaces, routes } of plans.values()) {
    for (const each of interfaces.filter(({ address }) => address))
      expect(calls.filter((call) => call.endsWith(`addr add ${each.address} dev ${each.device}`))).toHaveLength(1)
    for (const route of routes) expect(calls.some((call) => call.endsWith(`route add ${route}`))).toBe(true)
  }
})

test('every node is booted by one exec in its own container', () => {
  expect(boot(plans, name).map(([, container]) => container)).toEqual([...plans.keys()].map(name))
})
