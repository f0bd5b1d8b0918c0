import { speakerBgp } from '../frr/config.ts'
import { followFrr, frrDaemons, startFrr } from '../frr/start.ts'
import { deviceName, links } from '../topology/links.ts'
import type { Chassis, Speaker, Topology, Vpc } from '../topology/types.ts'
import { OPENFLOW, TUNNELS } from '../watch/hear.ts'
import { OPENFLOW_WATCH } from '../watch/openflow.ts'
import { OVS_WATCH } from '../watch/ovs-log.ts'
import { TUNNEL_WATCH } from '../watch/tunnel.ts'
import { DATABASES, remote } from './central.ts'
import { type Daemon, startAll } from './daemon.ts'
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

const DATABASE: Daemon = {
  role: 'ovsdb-server',
  pidFile: '/run/openvswitch/ovsdb-server.pid',
  start:
    'rm -f /run/openvswitch/db.sock; ovsdb-server /etc/openvswitch/conf.db --remote=punix:/run/openvswitch/db.sock --pidfile --log-file --detach --no-chdir',
  serves: 'ovs-vsctl -t 2 get Open_vSwitch . next_cfg >/dev/null',
}
const VSWITCHD: Pick<Daemon, 'role' | 'pidFile' | 'serves'> = {
  role: 'ovs-vswitchd',
  pidFile: '/run/openvswitch/ovs-vswitchd.pid',
  serves: 'ovs-ofctl dump-aggregate br-int | grep -qv flow_count=0',
}
const CONTROLLER: Daemon = {
  role: 'ovn-controller',
  pidFile: '/run/ovn/ovn-controller.pid',
  start: 'ovn-controller --pidfile --log-file --detach --no-chdir',
  // It takes its chassis out of the SB (ovn-controller(8), exit); by a signal it leaves all as it is.
  leave: 'ovn-appctl -t ovn-controller exit',
  serves: '[ "$(ovn-appctl -t ovn-controller connection-status)" = connected ]',
}

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
    `external_ids:ovn-remote=\\"${remote(topology, DATABASES.sb)}\\"`,
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
  const bgpds = speakers.map(({ vpc, speaker }, index) => ({
    instance: vpc.name,
    config: speakerBgp(topology, vpc, speaker.address),
    listen: speaker.address,
    client: index + 1,
  }))
  // The userspace datapath's bridges and internal ports are TAPs that vswitchd holds: they go when it
  // goes, and come back without addresses. It has the priority that ovs-ctl(8) gives it: packets wait less
  // for an ovn-controller that runs without pause, as it may while the SB is away.
  const vswitchd: Daemon = {
    ...VSWITCHD,
    start: `nice -n -10 ovs-vswitchd --pidfile --log-file --detach --no-chdir
ip addr replace ${address}/${prefix} dev br-phy
ip link set br-phy up
${speakers.map(({ vpc, speaker, prefix: p }) => `ip addr replace ${speaker.address}/${p} dev ${speakerDevice(vpc)} && ip link set ${speakerDevice(vpc)} up`).join('\n')}`,
  }
  const daemons = [DATABASE, vswitchd, CONTROLLER]
  const frr = bgpds.length > 0 ? frrDaemons(bgpds) : []
  return {
    capabilities: ROUTING,
    cpuShares: TIMEKEEPER_SHARES,
    tun: true,
    disks: { vswitch: { folder: '/etc/openvswitch', size: '16m' } },
    // The kernel sees what enters br-int's ports as well. Without this it answers there for its speakers'
    // addresses, with the port's MAC, and their sessions run past OVN.
    sysctls: { ...FORWARDING, 'net.ipv4.conf.all.arp_ignore': '1' },
    interfaces: [
      { device: 'eth0', mac: fabricMac(address), mtu: UNDERLAY_MTU },
      ...ports.map(([device]) => ({ device, mtu: OVERLAY_MTU })),
    ],
    routes: [],
    daemons: [...daemons, ...frr],
    start: `mkdir -p /run/openvswitch /run/ovn /var/log/openvswitch /var/log/ovn
ovsdb-tool create /etc/openvswitch/conf.db /usr/share/openvswitch/vswitch.ovsschema
${startAll([DATABASE])}
ovs-vsctl --no-wait ${vsctl.join(' -- ')} || exit_code=1
${startAll([vswitchd, CONTROLLER])}
${bgpds.length > 0 ? startFrr(topology.timers, bgpds) : ''}
[ -z "$exit_code" ]`,
    watch: {
      kernel: KERNEL_WATCH,
      ovs: OVS_WATCH,
      [OPENFLOW]: OPENFLOW_WATCH,
      [TUNNELS]: TUNNEL_WATCH,
      ...(bgpds.length > 0 ? { frr: followFrr(bgpds) } : {}),
    },
  }
}
