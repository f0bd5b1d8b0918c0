import { ANY, type Dashboard, FILLS_UP, NONE_IS_GOOD, q, UP, UP_NAMES } from '../panel.ts'
import { bits, HERE, summed } from './labels.ts'

const LEGEND = '{{instance}}'

export const hosts: Dashboard = {
  uid: 'hosts',
  title: 'Hosts',
  description:
    'Nodes as their kernels see themselves. In a lab of containers processor, memory and file handles are those of the one machine below; network and conntrack are each node’s own.',
  rows: [
    {
      title: 'Machine',
      panels: [
        {
          title: 'Processor busy',
          description: 'Share of all cores that was not idle. Above 80 % timers are late, and BFD with them.',
          unit: 'percentunit',
          queries: [
            q(`1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle",${HERE}}[$__rate_interval]))`, LEGEND),
          ],
          thresholds: FILLS_UP,
        },
        {
          title: 'Load',
          description: 'Processes that run or want to, averaged over a minute. More than there are cores is waiting.',
          unit: 'short',
          queries: [q(`node_load1{${HERE}}`, LEGEND)],
          thresholds: ANY,
        },
        {
          title: 'Memory in use',
          description: 'Share of memory that is not available for new work.',
          unit: 'percentunit',
          queries: [q(`1 - node_memory_MemAvailable_bytes{${HERE}} / node_memory_MemTotal_bytes{${HERE}}`, LEGEND)],
          thresholds: FILLS_UP,
        },
        {
          title: 'File handles in use',
          description: 'Open files and sockets, against what the kernel allows.',
          unit: 'percentunit',
          queries: [q(`node_filefd_allocated{${HERE}} / node_filefd_maximum{${HERE}}`, LEGEND)],
          thresholds: FILLS_UP,
        },
        {
          title: 'Packets the kernel had no time for',
          description: 'Dropped before any protocol saw them, because the backlog of a core was full. Good is none.',
          unit: 'pps',
          queries: [q(summed(`node_softnet_dropped_total{${HERE}}`, 'instance'), LEGEND)],
          thresholds: NONE_IS_GOOD,
        },
        {
          title: 'Exporters that answer',
          description: 'Every scrape’s outcome. A node without any is down or cut off from the monitor.',
          unit: 'short',
          kind: 'states',
          queries: [q(`min by (job, instance) (up{${HERE}})`, '{{instance}} {{job}}')],
          thresholds: UP,
          names: UP_NAMES,
        },
      ],
    },
    {
      title: 'Network of each node',
      panels: [
        {
          title: 'Received',
          description: 'On all devices but loopback and the management network.',
          unit: 'bps',
          queries: [q(bits(`node_network_receive_bytes_total{${HERE}}`, 'instance, device'), `${LEGEND} {{device}}`)],
          thresholds: ANY,
        },
        {
          title: 'Sent',
          description: 'On all devices but loopback and the management network.',
          unit: 'bps',
          queries: [q(bits(`node_network_transmit_bytes_total{${HERE}}`, 'instance, device'), `${LEGEND} {{device}}`)],
          thresholds: ANY,
        },
        {
          title: 'Dropped by devices',
          description: 'Received and not taken, or not sent. Good is none.',
          unit: 'pps',
          queries: [
            q(summed(`node_network_receive_drop_total{${HERE}}`, 'instance, device'), `${LEGEND} {{device}} in`),
            q(summed(`node_network_transmit_drop_total{${HERE}}`, 'instance, device'), `${LEGEND} {{device}} out`),
          ],
          thresholds: NONE_IS_GOOD,
        },
        {
          title: 'TCP segments sent again',
          description: 'Of the node’s own connections: BGP and the databases’. A rise is loss on the way to a peer.',
          unit: 'pps',
          queries: [q(summed(`node_netstat_Tcp_RetransSegs{${HERE}}`, 'instance'), LEGEND)],
          thresholds: NONE_IS_GOOD,
        },
        {
          title: 'TCP connections',
          description: 'Established, of the node’s own.',
          unit: 'short',
          queries: [q(`node_netstat_Tcp_CurrEstab{${HERE}}`, LEGEND)],
          thresholds: ANY,
        },
        {
          title: 'Datagrams lost for want of room',
          description: 'Received for a socket whose buffer was full: BFD packets among them. Good is none.',
          unit: 'pps',
          queries: [q(summed(`node_netstat_Udp_RcvbufErrors{${HERE}}`, 'instance'), LEGEND)],
          thresholds: NONE_IS_GOOD,
        },
      ],
    },
  ],
}
