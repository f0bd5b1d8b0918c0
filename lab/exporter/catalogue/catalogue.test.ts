import { expect, test } from 'vitest'
import { catalogue, type Metric, metricsOf } from './index.ts'

const breaching = (wrong: (metric: Metric) => boolean) => catalogue.filter(wrong).map(({ name }) => name)

test.each(['chassis', 'central'] as const)('a metric stands once among those of %s', (role) => {
  const names = metricsOf(role).map(({ name }) => name)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
})

test('names and labels are ones that Prometheus takes', () => {
  expect(breaching(({ name, labels }) => ![name, ...labels].every((word) => /^[a-z][a-z0-9_]*$/.test(word)))).toEqual(
    [],
  )
})

test('a UUID is on series that only say which UUID it is', () => {
  const told = breaching(({ labels }) => labels.includes('uuid'))
  expect(told.filter((name) => !/_info$|_external_id$|^ovs_interface$|_port_binding$/.test(name))).toEqual([])
})

test('a counter ends in _total, but where dashboards have known it by another name for long', () => {
  const unlike = breaching(({ name, type }) => (type === 'counter') !== name.endsWith('_total'))
  expect(unlike.toSorted()).toEqual([
    'ovn_cluster_inbound_peer_conn_total',
    'ovn_cluster_outbound_peer_conn_total',
    'ovn_cluster_term',
    'ovn_controller_integration_bridge_openflow_total',
    'ovs_dp_masks_total',
    'ovs_interface_rx_bytes',
    'ovs_interface_tx_bytes',
  ])
})

test('a metric of both roles has the same labels and type in both', () => {
  const shape = ({ name, type, labels }: Metric) => `${name} ${type} ${labels}`
  const both = Map.groupBy(catalogue, ({ name }) => name)
  expect([...both.values()].filter((all) => new Set(all.map(shape)).size > 1)).toEqual([])
})
