import { expect, test } from 'vitest'
import { oneVpc, twoVpcs, vpcs } from '../../fixtures/index.ts'
import { linkNamed, links } from './links.ts'
import type { Topology } from './types.ts'

const drawn = (topology: Topology): string[] =>
  links(topology).map(({ ends, fabric }) => {
    const named = ends.map(({ node, device }) => `${node}:${device}`)
    return [...named, ...(fabric ? ['fabric'] : [])].join(' – ')
  })

test('the links of the least lab', () => {
  expect(drawn(oneVpc)).toEqual([
    'central:eth0 – fabric',
    'chassis-1:eth0 – fabric',
    'vpc-a-web-1:eth0 – chassis-1:p-a-web-1',
    'vpc-a-app-1:eth0 – chassis-1:p-a-app-1',
    'nat-gw-a-1:eth0 – chassis-1:p-nat-gw-a-1',
    'nat-gw-a-1:eth1 – internet:to-a-1',
  ])
})

test('the reference lab has 22 links, each with a name of its own', () => {
  const names = links(twoVpcs).map(({ name }) => name)
  expect(names).toHaveLength(22)
  expect(new Set(names).size).toBe(22)
})

test('device names fit the kernel and are no words of iproute2, however long the names of nodes are', () => {
  const long = 'vpc-a-a-name-that-no-device-can-have'
  const workloads = oneVpc.vpcs.a.workloads.map((workload, index) => ({ ...workload, name: `${long}-${index}` }))
  const lengthy = { ...oneVpc, vpcs: { a: { ...oneVpc.vpcs.a, workloads } } }
  const all = [...links(lengthy), ...links(vpcs(200, { chassis: 3 }))].flatMap(({ ends }) => ends)
  for (const { device } of all) expect(device).toMatch(/^(eth[01]|(p|to)-[a-z0-9-]{1,13})$/)
  for (const { device } of all) expect(device.length).toBeLessThanOrEqual(15)
  const ends = links(vpcs(200, { chassis: 3 })).flatMap((link) =>
    link.ends.map(({ node, device }) => `${node}:${device}`),
  )
  expect(new Set(ends).size).toBe(ends.length)
})

test.each(['nat-gw-a-1:eth1', 'internet:to-a-1'])('a link is found by either end: %s', (name) => {
  expect(linkNamed(twoVpcs, name)).toEqual({
    name: 'nat-gw-a-1:eth1',
    ends: [
      { node: 'nat-gw-a-1', device: 'eth1' },
      { node: 'internet', device: 'to-a-1' },
    ],
  })
})

test('a link that is not there gets the nearest names', () => {
  expect(() => linkNamed(twoVpcs, 'nat-gw-a-1:eth2')).toThrow(
    "no link 'nat-gw-a-1:eth2' in two-vpcs; it has nat-gw-a-1:eth0, nat-gw-a-1:eth1",
  )
})
