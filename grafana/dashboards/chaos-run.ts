import { ANY, type Dashboard, NONE_IS_GOOD, q } from '../panel.ts'
import { OWN } from './labels.ts'

const ONLY_BROKEN = 'nothing is broken just now'

export const chaosRun: Dashboard = {
  uid: 'chaos-run',
  title: 'Chaos run',
  description:
    'What the harness does to the lab, and what came of it: its own series, beside the alerts that an operator would see.',
  rows: [
    {
      title: 'What is broken',
      panels: [
        {
          title: 'Faults in force',
          description: 'From the strike to the heal, for each target.',
          unit: 'short',
          kind: 'states',
          queries: [q('gameday_fault_in_force', '{{fault}} at {{target}}')],
          thresholds: NONE_IS_GOOD,
          names: { '0': ['healed', 'green'], '1': ['in force', 'red'] },
          width: 12,
          mayBeEmpty: ONLY_BROKEN,
        },
        {
          title: 'Alerts that fire',
          kept: true,
          description: 'Of all tenants and of nobody: what an operator would be paged for.',
          unit: 'short',
          kind: 'states',
          queries: [q('ALERTS{alertstate="firing"}', '{{alertname}} {{instance}}')],
          thresholds: NONE_IS_GOOD,
          names: { '1': ['fires', 'red'] },
          width: 12,
          mayBeEmpty: ONLY_BROKEN,
        },
        {
          title: 'When each took hold',
          description: 'To the microsecond, where charts show seconds.',
          unit: 'dateTimeAsIso',
          kind: 'table',
          queries: [q('1000 * gameday_fault_applied_timestamp_seconds', '{{fault}}')],
          thresholds: ANY,
          width: 12,
          mayBeEmpty: ONLY_BROKEN,
        },
        {
          title: 'When each let go',
          description: 'To the microsecond. None while it is in force.',
          unit: 'dateTimeAsIso',
          kind: 'table',
          queries: [q('1000 * gameday_fault_healed_timestamp_seconds', '{{fault}}')],
          thresholds: ANY,
          width: 12,
          mayBeEmpty: ONLY_BROKEN,
        },
      ],
    },
    {
      title: 'What came of it',
      panels: [
        {
          title: 'The run',
          description: 'Which scenario has the lab now.',
          unit: 'short',
          kind: 'table',
          queries: [q('gameday_run_info', '{{run}}')],
          thresholds: ANY,
        },
        {
          title: 'Claims',
          description: 'Judged so far. Broken is about the network, undecided about the measurement.',
          unit: 'short',
          kind: 'number',
          queries: [q('gameday_verdicts', '{{is}}')],
          thresholds: ANY,
        },
        {
          title: 'Outages',
          description: 'Longest loss of connectivity of each flow that a claim measured.',
          unit: 's',
          kind: 'table',
          queries: [q('gameday_outage_seconds', '{{flow}} {{direction}}')],
          thresholds: ANY,
          mayBeEmpty: 'a run may claim nothing of outages',
        },
        {
          title: 'Steps',
          description: 'How long each step of the run took.',
          unit: 's',
          kind: 'table',
          queries: [q('gameday_act_duration_seconds', '{{act}}')],
          thresholds: ANY,
          width: 12,
        },
        {
          title: 'What the tenants sent meanwhile',
          description: 'A dip under a fault is what its users felt.',
          unit: 'pps',
          queries: [
            q(
              `sum by (tenant, vpc) (rate(ovs_interface_rx_packets_total{${OWN},tier!=""}[$__rate_interval]))`,
              '{{tenant}} {{vpc}}',
            ),
          ],
          thresholds: ANY,
          width: 12,
        },
      ],
    },
  ],
}
