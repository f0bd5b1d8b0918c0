// Rules as Prometheus's own tool judges them: well written, and each alert fires for what it is for and not for less.
// In a container of the lab's image, without a lab.

import { expect, test } from 'vitest'
import { connectEngine } from '../engine/client.ts'
import { startContainer } from '../engine/container.ts'
import { owner } from '../engine/labels.ts'
import { newHistory } from '../history.ts'
import { imageName } from '../image/name.ts'
import { type Alert, alerts, LAB_PACE, OPERATOR_PACE, ruleFile } from './rules.ts'

/** Values each second: 'AxN' is A and N more of it, 'A+BxN' grows by B each time. */
type Story = {
  readonly series: Readonly<Record<string, string>>
  /** The second in which it must fire, with these labels and what $value says; none: it must not. */
  readonly firesAt?: number
  readonly labels?: Readonly<Record<string, string>>
  readonly value?: string
}

const gateway = { instance: 'nat-gw-a-1', role: 'gateway', vpc: 'vpc-a', tenant: 'tenant-1', chassis: 'chassis-1' }
const text = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(',')
const up = `up{job="node",${text(gateway)}}`
const peer = { instance: 'nat-gw-a-1', peer: '10.0.255.2', peer_desc: 'speaker-a-1' }
const tunnel = (from: string) => `ovs_tunnel_bfd_forwarding{chassis="${from}",remote_chassis="chassis-3"}`
const port = { logical_port: 'vpc-a-web-1', vpc: 'vpc-a' }
const drops = 'ovs_datapath_drops_total{chassis="chassis-1",drop_reason="drop_action_of_pipeline"}'
const drop = { chassis: 'chassis-1', drop_reason: 'drop_action_of_pipeline' }
const failed = `node_nf_conntrack_stat_insert_failed{${text(gateway)}}`
const conntrack = { instance: 'nat-gw-a-1' }

const STORIES: Readonly<Record<string, readonly Story[]>> = {
  GatewayDown: [
    { series: { [up]: '1x5 0x20' }, firesAt: 9, labels: { ...gateway, job: 'node' } },
    { series: { [up]: '1x5 0 1x20' } },
  ],
  BgpSessionDown: [
    { series: { [`frr_bgp_peer_state{${text(peer)}}`]: '1x5 0x20' }, firesAt: 9, labels: peer },
    { series: { [`frr_bgp_peer_state{${text(peer)}}`]: '1x5 2x20' }, firesAt: 9, labels: peer },
    { series: { [`frr_bgp_peer_state{${text(peer)}}`]: '1x25' } },
  ],
  BfdFlapping: [
    {
      series: { 'frr_bfd_peer_uptime{instance="a",peer="b"}': '0+1x3 0+1x3 0+1x20' },
      firesAt: 9,
      labels: { instance: 'a', peer: 'b' },
      value: '2',
    },
    { series: { 'frr_bfd_peer_uptime{instance="a",peer="b"}': '0+1x5 0+1x20' } },
  ],
  RoutingDaemonSilent: [
    {
      series: { 'frr_collector_up{instance="a",collector="bgp"}': '1x5 0x20' },
      firesAt: 9,
      labels: { instance: 'a', collector: 'bgp' },
    },
    { series: { 'frr_collector_up{instance="a",collector="bgp"}': '1x25' } },
  ],
  ChassisLost: [
    {
      series: { [tunnel('chassis-1')]: '1x5 0x20', [tunnel('chassis-2')]: '1x5 0x20' },
      firesAt: 9,
      labels: { remote_chassis: 'chassis-3' },
    },
    { series: { [tunnel('chassis-1')]: '1x5 0x20', [tunnel('chassis-2')]: '1x25' } },
  ],
  PortNotUp: [
    { series: { [`ovn_logical_switch_port_up{${text(port)}}`]: '1x5 0x20' }, firesAt: 9, labels: port },
    {
      series: {
        [`ovn_logical_switch_port_up{${text(port)}}`]: '1x25',
        [`ovs_interface_openflow_port{${text(port)}}`]: '3x5 -1x20',
      },
      firesAt: 9,
      labels: port,
    },
    {
      series: {
        [`ovn_logical_switch_port_up{${text(port)}}`]: '1x25',
        [`ovs_interface_link_state{${text(port)}}`]: '1x5 0x20',
      },
      firesAt: 9,
      labels: port,
    },
    {
      series: {
        [`ovn_logical_switch_port_up{${text(port)}}`]: '1x25',
        [`ovs_interface_link_state{${text(port)}}`]: '1x25',
        [`ovs_interface_openflow_port{${text(port)}}`]: '3x25',
      },
    },
  ],
  SnatPortsExhausted: [
    { series: { [failed]: '0x5 1+1x20' }, firesAt: 9, labels: gateway },
    { series: { [failed]: '3x25' } },
  ],
  DropsRise: [
    { series: { [drops]: '0x5 0+100x20' }, firesAt: 25, labels: drop, value: '100' },
    { series: { [drops]: '0+10x25' } },
  ],
  ConntrackNearLimit: [
    {
      series: {
        'node_nf_conntrack_entries{instance="nat-gw-a-1"}': '85x25',
        'node_nf_conntrack_entries_limit{instance="nat-gw-a-1"}': '100x25',
      },
      firesAt: 9,
      labels: conntrack,
      value: '85%',
    },
    {
      series: {
        'node_nf_conntrack_entries{instance="nat-gw-a-1"}': '70x25',
        'node_nf_conntrack_entries_limit{instance="nat-gw-a-1"}': '100x25',
      },
    },
  ],
}

/** A template of Prometheus, filled in. */
const filled = (template: string, { labels = {}, value = '' }: Story): string =>
  template
    .replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => labels[label] ?? '')
    .replaceAll(/\{\{ \$value[^}]*\}\}/g, value)

const expected = ({ severity, summary, description }: Alert, story: Story) => ({
  exp_labels: { severity, ...story.labels },
  exp_annotations: { summary: filled(summary, story), description: filled(description, story) },
})

const tests = (alert: Alert) =>
  (STORIES[alert.name] ?? []).map((story) => ({
    interval: '1s',
    input_series: Object.entries(story.series).map(([series, values]) => ({ series, values })),
    alert_rule_test: [
      {
        eval_time: `${story.firesAt ?? 24}s`,
        alertname: alert.name,
        exp_alerts: story.firesAt === undefined ? [] : [expected(alert, story)],
      },
    ],
  }))

test('every rule is well written, and each alert fires for what it is for', async () => {
  const name = `rules-${process.pid}`
  const container = await startContainer(
    await connectEngine(),
    {
      lab: name,
      node: 'promtool',
      topology: 'none',
      madeFrom: 'none',
      size: 1,
      image: imageName(),
      capabilities: [],
      owner: owner(),
    },
    newHistory(),
  )
  try {
    const { run, try: attempt } = container.console
    const write = (path: string, value: unknown) =>
      run(`cat >${path} <<'END_OF_FILE'\n${JSON.stringify(value)}\nEND_OF_FILE`)
    await write('/tmp/lab.yaml', ruleFile(LAB_PACE))
    await write('/tmp/operator.yaml', ruleFile(OPERATOR_PACE))
    const checked = await attempt('promtool check rules --lint=all --lint-fatal /tmp/lab.yaml /tmp/operator.yaml')
    expect(checked.out).not.toMatch(/FAILED|error|duplicate/)
    expect(checked.exit).toBe(0)

    expect(Object.keys(STORIES).sort(), 'every alert has a story').toEqual(alerts.map((each) => each.name).sort())
    const all = { rule_files: ['/tmp/lab.yaml'], evaluation_interval: '1s', tests: alerts.flatMap(tests) }
    await write('/tmp/tests.yaml', all)
    const tested = await attempt('promtool test rules /tmp/tests.yaml')
    expect(tested.out).toContain('SUCCESS')
    expect(tested.exit).toBe(0)

    const deaf = {
      ...all,
      tests: all.tests
        .slice(0, 1)
        .map((each) => ({ ...each, alert_rule_test: each.alert_rule_test.map((one) => ({ ...one, exp_alerts: [] })) })),
    }
    await write('/tmp/deaf.yaml', deaf)
    expect(
      (await attempt('promtool test rules /tmp/deaf.yaml')).exit,
      'a test that expects silence is seen red',
    ).not.toBe(0)
  } finally {
    await container.remove()
  }
})
