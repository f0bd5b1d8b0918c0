// What the exporters say, against what the daemons themselves say to an operator who asks just before and
// just after: each counter lies in between. And a label follows OVN's rows while the exporter runs.

import { expect, test } from 'vitest'
import { oneVpc, withMonitor } from '../../fixtures/index.ts'
import { startLab, until } from '../index.ts'
import { type Exported, samplesIn } from '../monitor/exported.ts'
import { management } from '../topology/management.ts'
import type { Lab } from '../types.ts'
import { EXPORTER_PORT, metricsOf, type Role } from './catalogue/index.ts'

const topology = withMonitor(oneVpc)

async function exported(lab: Lab, node: string, role: Role): Promise<readonly Exported[]> {
  const address = management(topology).find((each) => each.node === node)?.address
  const { out } = await lab.run('monitor', `curl -sS -m 2 http://${address}:${EXPORTER_PORT[role]}/metrics`)
  return samplesIn(out)
}

type Labels = Readonly<Record<string, string>>
const value = (all: readonly Exported[], metric: string, labels: Labels = {}): number | undefined =>
  all.find((each) => each.metric === metric && Object.entries(labels).every(([name, is]) => each.labels[name] === is))
    ?.value

/** By OpenFlow port, its packets in and out. */
const portsIn = (text: string) =>
  [...text.matchAll(/port +(\w+): rx pkts=(\d+).*\n\s+tx pkts=(\d+)/g)].map(([, port = '', rx, tx]) => ({
    port: port === 'LOCAL' ? 65534 : Number(port),
    rx: Number(rx),
    tx: Number(tx),
  }))

/** Metrics of which this lab has nothing to say: no PMD thread, no kernel datapath, no cluster, no NAT of OVN's. */
const SILENT =
  /^ovs_(pmd_(?!rx_packets|packets_per_batch|exact|masked|miss|lost|upcalls)|dp_masks|tunnel)|^ovn_(cluster_(?!enabled)|nat_info|bfd_up|load_balancer_|controller_bridge_mappings|chassis_nb_cfg_timestamp|(sb|hv|nb)_cfg_timestamp|change_to|port_binding_claimed_timestamp)/

test('exporters say what the daemons say', { timeout: 120_000 }, async (run) => {
  await using lab = await startLab(topology, run)
  const ask = async (node: string, command: string) => (await lab.run(node, command)).out
  const ports = 'ovs-ofctl -O OpenFlow13 dump-ports br-int'
  const lookups = 'ovs-appctl dpctl/show'
  const rules = 'ovs-ofctl dump-aggregate br-int'
  const hits = (text: string) => Number(/hit:(\d+)/.exec(text)?.[1])

  const before = { ports: portsIn(await ask('chassis-1', ports)), hits: hits(await ask('chassis-1', lookups)) }
  const chassis = await exported(lab, 'chassis-1', 'chassis')
  const after = { ports: portsIn(await ask('chassis-1', ports)), hits: hits(await ask('chassis-1', lookups)) }

  expect(before.ports.length).toBeGreaterThan(3)
  for (const { port, rx, tx } of before.ports) {
    const { name = '' } =
      chassis.find(
        ({ metric, labels, value: of }) =>
          metric === 'ovs_interface_openflow_port' && labels.bridge === 'br-int' && of === port,
      )?.labels ?? {}
    const later = after.ports.find((each) => each.port === port)
    const [received, sent] = ['rx', 'tx'].map((way) => value(chassis, `ovs_interface_${way}_packets_total`, { name }))
    expect(received, `${name} received`).toBeGreaterThanOrEqual(rx)
    expect(received, `${name} received`).toBeLessThanOrEqual(later?.rx ?? 0)
    expect(sent, `${name} sent`).toBeGreaterThanOrEqual(tx)
    expect(sent, `${name} sent`).toBeLessThanOrEqual(later?.tx ?? 0)
  }
  expect(value(chassis, 'ovs_dp_lookups_hit_total')).toBeGreaterThanOrEqual(before.hits)
  expect(value(chassis, 'ovs_dp_lookups_hit_total')).toBeLessThanOrEqual(after.hits)
  const count = Number(/flow_count=(\d+)/.exec(await ask('chassis-1', rules))?.[1])
  expect(value(chassis, 'ovs_bridge_flow_count', { bridge: 'br-int' })).toBe(count)
  const pid = Number(await ask('chassis-1', 'cat /run/openvswitch/ovs-vswitchd.pid'))
  expect(value(chassis, 'ovs_pid', { component: 'ovs-vswitchd' })).toBe(pid)

  const central = await exported(lab, 'central', 'central')
  const listed = async (table: string) =>
    (await ask('central', `ovn-nbctl --bare --columns=_uuid list ${table}`)).split('\n').filter((line) => line !== '')
  const series = (metric: string) => central.filter((each) => each.metric === metric)
  expect(series('ovn_logical_switch_info')).toHaveLength((await listed('logical_switch')).length)
  expect(series('ovn_logical_switch_port_up')).toHaveLength((await listed('logical_switch_port')).length)
  expect(value(central, 'ovn_chassis_info', { name: 'chassis-1', ip: '172.20.0.11' })).toBe(1)
  expect(value(central, 'ovn_logical_router_default_route', { logical_router: 'lr-vpc-a' })).toBe(1)

  for (const [role, all] of [
    ['chassis', chassis],
    ['central', central],
  ] as const) {
    const there = new Set(all.map(({ metric }) => metric))
    const missing = metricsOf(role).filter(({ name }) => !there.has(name) && !SILENT.test(name))
    expect(missing.map(({ name }) => name)).toEqual([])
  }

  const owner = { tenant: 'tenant-1', vpc: 'vpc-a', tier: 'web', logical_switch: 'ls-vpc-a-web', chassis: 'chassis-1' }
  expect(value(chassis, 'ovs_interface_rx_bytes', { logical_port: 'vpc-a-web-1', ...owner })).toBeGreaterThan(0)
  await lab.run('central', 'ovn-nbctl set logical_switch_port vpc-a-web-1 external_ids:tier=app')
  const relabelled = {
    name: 'vpc-a-web-1 to be of the app tier in what is exported',
    look: async (on: Lab) => {
      const all = await exported(on, 'chassis-1', 'chassis')
      const of = all.find(({ labels }) => labels.logical_port === 'vpc-a-web-1')?.labels.tier ?? 'nothing'
      return { holds: of === 'app', saw: of }
    },
  }
  await until(lab, relabelled, { within: '2s' })
})
