import type { BridgeCounters, PortCounters } from '../openflow.ts'
import { map, number, type Row, text } from '../rows.ts'
import type { Samples } from '../samples.ts'
import type { Port } from './ports.ts'

const COUNTERS: readonly (readonly [name: string, of: keyof PortCounters])[] = [
  ['rx_packets_total', 'rxPackets'],
  ['tx_packets_total', 'txPackets'],
  ['rx_bytes', 'rxBytes'],
  ['tx_bytes', 'txBytes'],
  ['rx_dropped_total', 'rxDropped'],
  ['tx_dropped_total', 'txDropped'],
  ['rx_errors_total', 'rxErrors'],
  ['tx_errors_total', 'txErrors'],
  ['rx_frame_errors_total', 'rxFrameErrors'],
  ['rx_overrun_errors_total', 'rxOverrunErrors'],
  ['rx_crc_errors_total', 'rxCrcErrors'],
  ['collisions_total', 'collisions'],
]

const state = (value: Row[string] | undefined, otherwise?: number): number | undefined =>
  value === 'up' || value === 'full' ? 1 : value === 'down' || value === 'half' ? 0 : otherwise

/** Counters are there for bridges that answered; the rest is as the database has it. */
export function interfaceSamples(
  { add }: Samples,
  ports: readonly Port[],
  counted: ReadonlyMap<string, BridgeCounters>,
): void {
  for (const { uuid, row, ofport, bridge, labels } of ports) {
    const say = (name: string, value: number | undefined, more?: Readonly<Record<string, string>>) =>
      add(`ovs_interface${name && `_${name}`}`, value, labels, more)
    const counters = ofport === undefined ? undefined : counted.get(bridge)?.ports.get(ofport)
    for (const [name, of] of COUNTERS) {
      const count = counters?.[of]
      say(name, count === -1 ? undefined : count)
    }
    say('', 1, { uuid })
    say('admin_state', state(row.admin_state))
    say('link_state', state(row.link_state, 2))
    say('link_resets_total', number(row.link_resets))
    say('link_speed_bits_per_second', number(row.link_speed))
    say('duplex', state(row.duplex))
    say('mtu_bytes', number(row.mtu))
    if (row.mac_in_use) say('mac_in_use', 1, { mac_address: text(row.mac_in_use) })
    say('openflow_port', ofport)
    say('index', number(row.ifindex))
    say('ingress_policing_rate_kilobits_per_second', number(row.ingress_policing_rate))
    say('ingress_policing_burst_kilobits', number(row.ingress_policing_burst))
    if (!labels.logical_port) continue
    const ids = map(row.external_ids)
    say('ovn_installed', ids['ovn-installed'] === 'true' ? 1 : 0)
    const installedMs = number(ids['ovn-installed-ts'])
    say('ovn_installed_timestamp_seconds', installedMs === undefined ? undefined : installedMs / 1000)
  }
}

/** States of a session, by their numbers (RFC 5880 §4.1). */
const BFD: Readonly<Record<string, number>> = { admin_down: 0, down: 1, init: 2, up: 3 }

export function tunnelSamples({ add }: Samples, ports: readonly Port[], chassis: string): void {
  for (const { uuid, row, labels, remoteChassis } of ports) {
    const { remote_ip, local_ip = '' } = map(row.options)
    if (!remote_ip) continue
    const of = { name: text(row.name), chassis, remote_chassis: remoteChassis, remote_ip }
    add('ovs_tunnel_info', 1, { ...of, uuid, type: text(labels.type), local_ip })
    const bfd = map(row.bfd_status)
    if (!bfd.state) continue
    add('ovs_tunnel_bfd_state', BFD[bfd.state], of)
    add('ovs_tunnel_bfd_remote_state', BFD[bfd.remote_state ?? ''], of)
    add('ovs_tunnel_bfd_forwarding', bfd.forwarding === 'true' ? 1 : 0, of)
    add('ovs_tunnel_bfd_flaps_total', number(bfd.flap_count), of)
    add('ovs_tunnel_bfd_diagnostic', 1, { ...of, diagnostic: text(bfd.diagnostic) })
  }
}
