import { ANY, type Dashboard, NONE_IS_GOOD, q, UP, UP_NAMES } from '../panel.ts'
import { HERE, summed } from './labels.ts'

const DAEMON = '{{instance}} {{component}}'
/** Of both exporters: the daemons of OVN, and those of Open vSwitch. */
const both = (name: string, legend = DAEMON) => [q(`ovn_${name}{${HERE}}`, legend), q(`ovs_${name}{${HERE}}`, legend)]

export const controlPlane: Dashboard = {
  uid: 'control-plane',
  title: 'Control plane',
  description:
    'NB, SB, northd, ovn-controller and Open vSwitch: whether they live, how far behind they are, what they cost.',
  rows: [
    {
      title: 'Who lives',
      panels: [
        {
          title: 'Daemons that answer',
          kept: true,
          description:
            'On their control sockets, in time. What is down decides nothing and forgets nothing: flows stay as they are.',
          unit: 'short',
          kind: 'states',
          queries: both('component_up'),
          thresholds: UP,
          names: UP_NAMES,
          width: 16,
        },
        {
          title: 'northd',
          description:
            'Active translates the NB; of a cluster one is, the others stand by. Paused is an operator’s doing.',
          unit: 'short',
          kind: 'number',
          queries: [q('ovn_northd_status', '{{instance}}')],
          thresholds: ANY,
          names: { '0': ['standby', 'blue'], '1': ['active', 'green'], '2': ['paused', 'orange'] },
          width: 4,
        },
        {
          title: 'Connections that stand',
          description:
            'northd to its databases, ovn-controller to the SB. Without them changes wait, and what is installed goes on.',
          unit: 'short',
          kind: 'number',
          queries: [
            q('ovn_northd_nb_connection_status', 'northd to NB'),
            q('ovn_northd_sb_connection_status', 'northd to SB'),
            q(`ovn_controller_southbound_database_connected{${HERE}}`, '{{chassis}} to SB'),
          ],
          thresholds: UP,
          names: UP_NAMES,
          width: 4,
        },
        {
          title: 'Role in the cluster',
          description: 'RAFT, of each database and member. One leader each; none is no change until one is elected.',
          unit: 'short',
          kind: 'states',
          queries: [q('ovn_cluster_role', '{{instance}} {{component}}')],
          thresholds: ANY,
          names: { '1': ['follower', 'blue'], '2': ['candidate', 'orange'], '3': ['leader', 'green'] },
          width: 24,
          mayBeEmpty: 'one central node is no cluster',
        },
      ],
    },
    {
      title: 'How far behind',
      panels: [
        {
          title: 'From a change to its flows',
          kept: true,
          description: 'Of the newest change that was counted: to the SB, and to the flows of every chassis.',
          unit: 's',
          queries: [
            q('ovn_change_to_southbound_seconds', 'to the SB'),
            q('ovn_change_to_flows_seconds', 'to the flows of every chassis'),
          ],
          thresholds: [
            [0, 'green'],
            [1, 'yellow'],
            [10, 'red'],
          ],
          mayBeEmpty: 'a change that is under way has no time yet',
        },
        {
          title: 'Changes a chassis lacks',
          description:
            'Counted changes whose flows it has not. More than none for long is a chassis that is cut off or overloaded.',
          unit: 'short',
          queries: [q(`scalar(max(ovn_nb_cfg)) - ovn_chassis_nb_cfg{${HERE}}`, '{{chassis}}')],
          thresholds: NONE_IS_GOOD,
        },
        {
          title: 'Starts all over',
          description:
            'Times a second that an input made northd or ovn-controller compute everything anew: what costs a large lab its latency.',
          unit: 'ops',
          queries: [q(summed(`ovn_engine_recomputes_total{${HERE}}`, 'instance, component'), DAEMON)],
          thresholds: ANY,
        },
        {
          title: 'Slowest parts of the work',
          description: '95th percentile of what each takes, the ten longest.',
          unit: 's',
          queries: [q(`topk(10, ovn_stopwatch_p95_seconds{${HERE}})`, '{{instance}} {{stopwatch}}')],
          thresholds: ANY,
        },
        {
          title: 'OpenFlow rules',
          description: 'In the integration bridge of each chassis. A fall is a chassis that lost what it knew.',
          unit: 'short',
          queries: [q(`ovn_controller_integration_bridge_openflow_total{${HERE}}`, '{{chassis}}')],
          thresholds: ANY,
        },
        {
          title: 'Ports by chassis',
          description: 'Ports that each has claimed.',
          unit: 'short',
          queries: [q(`ovn_chassis_port_bindings{${HERE}}`, '{{chassis}}')],
          thresholds: ANY,
        },
      ],
    },
    {
      title: 'What it costs',
      panels: [
        {
          title: 'Processor',
          description: 'Cores that each daemon uses.',
          unit: 'percentunit',
          queries: [
            q(summed(`ovn_process_cpu_seconds_total{${HERE}}`, 'instance, component'), DAEMON),
            q(summed(`ovs_process_cpu_seconds_total{${HERE}}`, 'instance, component'), DAEMON),
          ],
          thresholds: ANY,
        },
        {
          title: 'Memory',
          description: 'Resident. A steady rise under steady work is a leak.',
          unit: 'bytes',
          queries: both('process_resident_memory_bytes'),
          thresholds: ANY,
        },
        {
          title: 'Open files and sockets',
          description: 'A steady rise under steady work is a leak.',
          unit: 'short',
          queries: both('process_open_fds'),
          thresholds: ANY,
        },
        {
          title: 'Databases on disk',
          description: 'Each grows with every change, and shrinks when it is compacted.',
          unit: 'bytes',
          queries: [q(`ovn_db_file_size_bytes{${HERE}}`, DAEMON), q(`ovs_db_file_size_bytes{${HERE}}`, DAEMON)],
          thresholds: ANY,
        },
        {
          title: 'How long exporters ask',
          description: 'Of each source in the last scrape. Its limit is 250 ms.',
          unit: 's',
          queries: [
            q(`ovn_source_duration_seconds{${HERE}}`, '{{instance}} {{source}}'),
            q(`ovs_source_duration_seconds{${HERE}}`, '{{instance}} {{source}}'),
          ],
          thresholds: [
            [0, 'green'],
            [0.1, 'yellow'],
            [0.25, 'red'],
          ],
        },
      ],
    },
  ],
}
