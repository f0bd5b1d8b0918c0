// What each daemon and database says of itself. Both roles have these, with the prefixes that exporters
// of Open vSwitch and of OVN are known by. `component` is the daemon: 'ovs-vswitchd', 'ovn-northd'.

import { family, type Metric, type Role } from './metric.ts'

const about = (role: Role, prefix: string, server: string): readonly Metric[] =>
  family(role, [
    [`${prefix}_component_up`, 'gauge', ['component'], '1 while it answers on its control socket in time, else 0'],
    [`${prefix}_coverage_total`, 'counter', ['component', 'event'], 'Events since it started (coverage/show)'],
    [
      `${prefix}_coverage_avg`,
      'gauge',
      ['component', 'event', 'interval'],
      'Events a second over the last 5s, 5m or 1h (coverage/show)',
    ],
    [
      `${prefix}_memory_usage_bytes`,
      'gauge',
      ['component', 'facility'],
      'What it holds, by what it calls it; a number of things, not bytes, but where the facility says KB (memory/show)',
    ],
    [`${prefix}_pid`, 'gauge', ['component'], 'Its process number, 0 where it does not run (its pid file)'],
    [
      `${prefix}_process_resident_memory_bytes`,
      'gauge',
      ['component'],
      'Its memory in RAM (proc_pid_status(5), VmRSS)',
    ],
    [`${prefix}_process_open_fds`, 'gauge', ['component'], 'Files and sockets it holds open (proc_pid_fd(5))'],
    [
      `${prefix}_process_cpu_seconds_total`,
      'counter',
      ['component'],
      'Processor time it used, user and system (proc_pid_stat(5))',
    ],
    [
      `${prefix}_process_start_time_seconds`,
      'gauge',
      ['component'],
      'Unix time it was started at (proc_pid_stat(5), starttime)',
    ],
    [`${prefix}_log_file_size_bytes`, 'gauge', ['component', 'filename'], 'Size of its log'],
    [`${prefix}_db_file_size_bytes`, 'gauge', ['component', 'filename'], `Size of the file that ${server} keeps`],
  ])

const exporter = (role: Role, prefix: string, all: string): readonly Metric[] =>
  family(role, [
    [`${prefix}_up`, 'gauge', [], `1 while ${all} answer, else 0`],
    [
      `${prefix}_exporter_build_info`,
      'gauge',
      ['version', 'nodejs'],
      'The exporter itself; 1. Its own process is the component ovn-gameday-exporter',
    ],
    [`${prefix}_requests_total`, 'counter', ['source'], 'Questions the exporter asked of this source'],
    [
      `${prefix}_failed_requests_total`,
      'counter',
      ['source'],
      'Of these, those that were refused or not answered in time',
    ],
    [`${prefix}_source_up`, 'gauge', ['source'], '1 if the last question to this source was answered in time, else 0'],
    [
      `${prefix}_source_duration_seconds`,
      'gauge',
      ['source'],
      'How long this source took in the last scrape; sources are asked side by side',
    ],
  ])

export const ofOvs: readonly Metric[] = [
  ...exporter('chassis', 'ovs', 'ovs-vswitchd and its ovsdb-server'),
  ...family('chassis', [
    [
      'ovs_info',
      'gauge',
      ['rundir', 'hostname', 'system_type', 'system_version', 'ovs_version', 'db_version'],
      '1 (table Open_vSwitch, ovs-vswitchd.conf.db(5))',
    ],
  ]),
  ...about('chassis', 'ovs', 'ovsdb-server'),
]

/** ovn-controller is of OVN, though it runs beside Open vSwitch. */
export const ofController: readonly Metric[] = about('chassis', 'ovn', 'ovsdb-server').filter(
  ({ name }) => !name.includes('_db_'),
)

export const ofOvn: readonly Metric[] = [
  ...exporter('central', 'ovn', 'both databases and northd'),
  ...family('central', [
    ['ovn_info', 'gauge', ['hostname', 'ovn_version', 'nb_version', 'sb_version'], '1 (northd, version; schemas)'],
  ]),
  ...about('central', 'ovn', 'ovsdb-server'),
]
