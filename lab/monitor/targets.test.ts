import { expect, test } from 'vitest'
import { oneVpc, twoVpcs, withMonitor, withOspf } from '../../fixtures/index.ts'
import { planNodes } from '../nodes/index.ts'
import { frrExporters, targets } from './targets.ts'

const lab = withMonitor(twoVpcs)
const shown = targets(lab).map(({ job, address, labels }) => `${job} ${address} ${Object.values(labels).join(' ')}`)

test('every node that is not a tenant’s has a target, with what the topology knows of it', () => {
  expect(shown).toContain('node 192.0.2.1:9100 monitor monitor')
  expect(shown).toContain('ovn 192.0.2.2:9476 central central')
  expect(shown).toContain('ovs 192.0.2.3:9475 chassis-1 chassis chassis-1')
  expect(shown).toContain('node 192.0.2.7:9100 nat-gw-a-1 gateway chassis-1 vpc-a tenant-1')
  expect(shown.filter((each) => each.includes('vpc-a-web'))).toEqual([])
  expect(new Set(targets(lab).map(({ address }) => address)).size).toBe(targets(lab).length)
})

test('a chassis has an exporter for each bgpd, and the target says whose it is', () => {
  expect(shown).toContain('frr 192.0.2.3:9343 chassis-1 chassis chassis-1 vpc-a tenant-1')
  expect(frrExporters(lab, 'chassis-1').map(({ role, collectors }) => `${role} ${collectors}`)).toEqual([
    'frr-exporter bfd',
    'frr-exporter-vpc-a bgp',
    'frr-exporter-vpc-b bgp',
  ])
  expect(frrExporters(lab, 'chassis-3')).toEqual([])
})

test('where OSPF is spoken it is asked for, and the internet’s bgpd is not', () => {
  const spoken = withMonitor(withOspf(oneVpc))
  expect(frrExporters(spoken, 'internet')[0]?.collectors).toEqual(['bfd', 'ospf'])
  expect(frrExporters(spoken, 'nat-gw-a-1')[0]?.collectors).toEqual(['bgp', 'bfd', 'ospf'])
})

test('without a monitor nothing is scraped, and no node has more than it had', () => {
  expect(targets(twoVpcs)).toEqual([])
  const [plain, watched] = [planNodes(twoVpcs).get('nat-gw-a-1'), planNodes(lab).get('nat-gw-a-1')]
  expect(plain?.interfaces.some(({ device }) => device === 'mgmt0')).toBe(false)
  expect(watched?.interfaces.some(({ device }) => device === 'mgmt0')).toBe(true)
  expect(planNodes(lab).get('vpc-a-web-1')).toEqual(planNodes(twoVpcs).get('vpc-a-web-1'))
})
