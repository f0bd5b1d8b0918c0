// ovn-controller, which turns the SB's rows into OpenFlow rules of its chassis.

import { family, type Metric } from './metric.ts'

const CHASSIS = ['chassis'] as const

export const ofOvnController: readonly Metric[] = family('chassis', [
  [
    'ovn_controller_southbound_database_connected',
    'gauge',
    CHASSIS,
    '1 while it is connected to the SB, else 0 (connection-status)',
  ],
  [
    'ovn_controller_integration_bridge_openflow_total',
    'gauge',
    CHASSIS,
    'OpenFlow rules in br-int (OpenFlow aggregate stats)',
  ],
  ['ovn_controller_integration_bridge_geneve_ports', 'gauge', CHASSIS, 'Geneve tunnels of br-int (Interface.type)'],
  ['ovn_controller_integration_bridge_patch_ports', 'gauge', CHASSIS, 'Patch ports of br-int (Interface.type)'],
  [
    'ovn_controller_monitor_all',
    'gauge',
    CHASSIS,
    '1 if it follows the whole SB, 0 if only what is its (external_ids:ovn-monitor-all)',
  ],
  ['ovn_controller_encap_ip', 'gauge', ['chassis', 'ip'], '1; the end of its tunnels (external_ids:ovn-encap-ip)'],
  ['ovn_controller_encap_type', 'gauge', ['chassis', 'type'], '1; what they are (external_ids:ovn-encap-type)'],
  ['ovn_controller_bridge_mappings', 'gauge', ['chassis', 'mapping'], '1 (external_ids:ovn-bridge-mappings)'],
  [
    'ovn_controller_nb_cfg',
    'gauge',
    CHASSIS,
    'nb_cfg of the newest change whose flows are installed (Bridge.external_ids:ovn-nb-cfg)',
  ],
  [
    'ovn_controller_nb_cfg_timestamp_seconds',
    'gauge',
    CHASSIS,
    'Unix time at which they were (Bridge.external_ids:ovn-nb-cfg-ts)',
  ],
])

/** Of both ovn-controller and northd: how long parts of their work take, and how often they start all over. */
const effort = (role: 'chassis' | 'central'): readonly Metric[] => {
  const watch = ['component', 'stopwatch'] as const
  const engine = ['component', 'engine_node'] as const
  return family(role, [
    ['ovn_stopwatch_samples_total', 'counter', watch, 'Times this part of the work was done (stopwatch/show)'],
    ['ovn_stopwatch_max_seconds', 'gauge', watch, 'The longest it took (stopwatch/show)'],
    ['ovn_stopwatch_min_seconds', 'gauge', watch, 'The shortest it took (stopwatch/show)'],
    ['ovn_stopwatch_p95_seconds', 'gauge', watch, '95th percentile of what it took (stopwatch/show)'],
    ['ovn_stopwatch_short_avg_seconds', 'gauge', watch, 'What it took of late, on average (stopwatch/show)'],
    ['ovn_stopwatch_long_avg_seconds', 'gauge', watch, 'What it takes on average (stopwatch/show)'],
    [
      'ovn_engine_recomputes_total',
      'counter',
      engine,
      'Times this input made it start all over (inc-engine/show-stats)',
    ],
    ['ovn_engine_computes_total', 'counter', engine, 'Times a change was worked in alone (inc-engine/show-stats)'],
    ['ovn_engine_cancels_total', 'counter', engine, 'Times it gave up and started again later (inc-engine/show-stats)'],
  ])
}

export const ofControllerEffort = effort('chassis')
export const ofNorthdEffort = effort('central')
