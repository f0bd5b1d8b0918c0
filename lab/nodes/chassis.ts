import { speakerBgp } from '../frr/config.ts'
import { followFrr, startFrr } from '../frr/start.ts'
import { deviceName, links } from '../topology/links.ts'
import type { Chassis, Speaker, Topology, Vpc } from '../topology/types.ts'
import {
  FORWARDING,
  fabricMac,
  KERNEL_WATCH,
  type NodePlan,
  OVERLAY_MTU,
  ROUTING,
  TIMEKEEPER_SHARES,
  UNDERLAY_MTU,
} from './plan.ts'

/** Device of a speaker in its chassis' namespace: 'spk-a' for a speaker of vpc-a. */
const speakerDevice = (vpc: Vpc) => deviceName('spk', vpc.name, vpc.name.replace(/^vpc-/, ''))

type Local = { readonly vpc: Vpc; readonly speaker: Speaker; readonly prefix: string }

const speakersOn = (topology: Topology, chassis: string): Local[] =>
  Object.values(topology.vpcs).flatMap((vpc) => {
    const prefix = vpc.subnets.find(({ name }) => name === vpc.nat.subnet)?.cidr.split('/')[1] ?? '24'
    return vpc.nat.speakers.filter((s) => s.chassis === chassis).map((speaker) => ({ vpc, speaker, prefix }))
  })

/** The ports of br-int that a chassis has: [device, logical port]. */
const portsOn = (topology: Topology, chassis: string): [string, string][] =>
  links(topology).flatMap(({ ends: [near, far] }) =>
    far?.node === chassis && near ? [[far.device, near.node] as [string, string]] : [],
  )

/**
 * ovn-controller, ovs-vswitchd on the userspace datapath, and the BGP speakers of the VPCs.
 *
 * The Geneve endpoint's address is on the bridge that holds the uplink: with the netdev datapath a
 * tunnel finds no route to it anywhere else, and drops everything.
 */
export function chassis(topology: Topology, { name, address }: Chassis): NodePlan {
  const speakers = speakersOn(topology, name)
  const ports = portsOn(topology, name)
  const prefix = topology.fabric.cidr.split('/')[1]
  const open = [
    `external_ids:ovn-remote=tcp:${topology.central.address}:6642`,
    `external_ids:system-id=${name} external_ids:hostname=${name}`,
    `external_ids:ovn-encap-type=geneve external_ids:ovn-encap-ip=${address}`,
    'external_ids:ovn-bridge-datapath-type=netdev external_ids:ovn-monitor-all=true',
    // A chassis that is cut off must notice within seconds, not after OVN's default of a minute.
    'external_ids:ovn-remote-probe-interval=5000',
  ]
  const vsctl = [
    `init -- set Open_vSwitch . ${open.join(' ')}`,
    'add-br br-phy -- set bridge br-phy datapath_type=netdev other_config:hwaddr=$(cat /sys/class/net/eth0/address)',
    'add-port br-phy eth0',
    'add-br br-int -- set bridge br-int datapath_type=netdev fail_mode=secure other_config:disable-in-band=true',
    ...ports.map(
      ([device, lsp]) => `add-port br-int ${device} -- set interface ${device} external_ids:iface-id=${lsp}`,
    ),
    ...speakers.map(({ vpc, speaker }) => {
      const device = speakerDevice(vpc)
      return `add-port br-int ${device} -- set interface ${device} type=internal mtu_request=${OVERLAY_MTU} mac=\\"${speaker.mac}\\" external_ids:iface-id=${speaker.name}`
    }),
  ]
  const bgpds = speakers.map(({ vpc, speaker }) => ({
    instance: vpc.name,
    config: speakerBgp(topology, vpc, speaker.address),
    listen: speaker.address,
  }))
  return {
    capabilities: ROUTING,
    cpuShares: TIMEKEEPER_SHARES,
    tun: true,
    // The kernel sees what enters br-int's ports as well. Without this it answers there for its speakers'
    // addresses, with the port's MAC, and their sessions run past OVN.
    sysctls: { ...FORWARDING, 'net.ipv4.conf.all.arp_ignore': '1' },
    interfaces: [
      { device: 'eth0', mac: fabricMac(address), mtu: UNDERLAY_MTU },
      ...ports.map(([device]) => ({ device, mtu: OVERLAY_MTU })),
    ],
    routes: [],
    start: `set -e
mkdir -p /run/openvswitch /run/ovn /var/log/openvswitch /var/log/ovn
ovsdb-tool create /etc/openvswitch/conf.db /usr/share/openvswitch/vswitch.ovsschema
ovsdb-server /etc/openvswitch/conf.db --remote=punix:/run/openvswitch/db.sock --pidfile --log-file --detach --no-chdir
ovs-vsctl --no-wait ${vsctl.join(' -- ')}
ovs-vswitchd --pidfile --log-file --detach --no-chdir
ip addr add ${address}/${prefix} dev br-phy
ip link set br-phy up
ovn-controller --pidfile --log-file --detach --no-chdir
${speakers.map(({ vpc, speaker, prefix: p }) => `ip addr add ${speaker.address}/${p} dev ${speakerDevice(vpc)}; ip link set ${speakerDevice(vpc)} up`).join('\n')}
set +e
${bgpds.length > 0 ? startFrr(topology.timers, bgpds) : ''}`,
    watch: {
      kernel: KERNEL_WATCH,
      ...(bgpds.length > 0 ? { frr: followFrr(bgpds) } : {}),
    },
  }
}
