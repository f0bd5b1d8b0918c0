// Ports of Open vSwitch, each with the tenant whose traffic it carries. Counters are as OpenFlow tells
// them at the moment of the scrape: the database has them only every 5 s (ovs-vswitchd.conf.db(5),
// stats-update-interval). rx is what the switch receives: what a workload sends.

import { family, type Metric, PORT } from './metric.ts'

const counter = (name: string, what: string): [string, 'counter', readonly string[], string] => [
  `ovs_interface_${name}`,
  'counter',
  PORT,
  `${what} (OpenFlow port stats, ovs-ofctl(8) dump-ports)`,
]
const gauge = (name: string, help: string, more: readonly string[] = []) =>
  [`ovs_interface${name && `_${name}`}`, 'gauge', [...PORT, ...more], help] as const

export const ofInterfaces: readonly Metric[] = family('chassis', [
  counter('rx_packets_total', 'Packets received'),
  counter('tx_packets_total', 'Packets sent'),
  counter('rx_bytes', 'Bytes received, Ethernet headers included'),
  counter('tx_bytes', 'Bytes sent, Ethernet headers included'),
  counter('rx_dropped_total', 'Packets that the device dropped before the switch had them'),
  counter('tx_dropped_total', 'Packets that the device could not take'),
  counter('rx_errors_total', 'Packets received with an error'),
  counter('tx_errors_total', 'Packets that could not be sent'),
  counter('rx_frame_errors_total', 'Frames received misaligned'),
  counter('rx_overrun_errors_total', 'Packets lost because nobody fetched them in time'),
  counter('rx_crc_errors_total', 'Frames received with a wrong checksum'),
  counter('collisions_total', 'Collisions seen'),
  gauge('', '1, for each interface; joins its UUID to its names (Interface, ovs-vswitchd.conf.db(5))', ['uuid']),
  gauge('admin_state', '1 up, 0 down (Interface.admin_state)'),
  gauge('link_state', '1 up, 0 down, 2 unknown (Interface.link_state)'),
  ['ovs_interface_link_resets_total', 'counter', PORT, 'Times its link changed state (Interface.link_resets)'],
  gauge('link_speed_bits_per_second', 'Speed of its link (Interface.link_speed)'),
  gauge('duplex', '1 full, 0 half (Interface.duplex)'),
  gauge('mtu_bytes', 'Largest packet without its Ethernet header (Interface.mtu)'),
  gauge('mac_in_use', '1 (Interface.mac_in_use)', ['mac_address']),
  gauge('openflow_port', 'OpenFlow port number; negative where it could not be attached (Interface.ofport)'),
  gauge('index', "The kernel's number of the device (Interface.ifindex)"),
  gauge('ingress_policing_rate_kilobits_per_second', 'Policed to, 0 for not at all (Interface.ingress_policing_rate)'),
  gauge('ingress_policing_burst_kilobits', 'Burst allowed (Interface.ingress_policing_burst)'),
  gauge('ovn_installed', '1 if the flows of its logical port are in place, else 0 (external_ids:ovn-installed)'),
  gauge(
    'ovn_installed_timestamp_seconds',
    'Unix time at which they were in place (external_ids:ovn-installed-ts, ovn-controller(8))',
  ),
])
