// What a run leaves on disk: its history, its topology, the versions, and on a failure everything
// that would have to be collected by hand.

import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { reason } from './errors.ts'
import { vtysh } from './frr/start.ts'
import { PORTS } from './monitor/exporters.ts'
import { DATABASES } from './nodes/central.ts'
import { askStatus } from './ovn/cluster.ts'
import { PATCHBAY } from './patchbay/node.ts'
import { readRing } from './patchbay/ring.ts'
import { quote } from './quote.ts'
import { centrals, nodes } from './topology/nodes.ts'
import { internets } from './topology/regions.ts'
import type { Lab } from './types.ts'
import { lastLines } from './watch/logs.ts'

/** Folder for a run, made now: `<root>/<scenario>/<time>`, with `latest` beside it. */
export function newEvidence(root: string, scenario: string): string {
  const time = new Date().toISOString().replaceAll(':', '-').replace('Z', '')
  const folder = join(root, scenario, time)
  mkdirSync(folder, { recursive: true })
  const latest = join(dirname(folder), 'latest')
  rmSync(latest, { force: true })
  symlinkSync(basename(folder), latest)
  return folder
}

/** Where ospfd runs. */
const OSPF = `[ ! -S /run/frr/ospfd.vty ] || { ${['neighbor', 'route', 'database'].map((what) => vtysh('ospfd', `show ip ospf ${what}`)).join('; ')}; }`

const frr = (instance = '') =>
  ['show bgp ipv4 unicast summary', 'show bgp ipv4 unicast', 'show bgp neighbors']
    .map((command) => vtysh('bgpd', command, instance))
    .concat(instance ? [] : [vtysh('bfdd', 'show bfd peers'), vtysh('zebra', 'show ip route table all'), OSPF])

/** What metrics told of the run: series that say what was up, what was lost and who was paged. */
const METRICS = [
  'up',
  'ALERTS',
  'gameday_.*',
  'frr_b.._peer_state',
  'ovs_tunnel_bfd_forwarding',
  'ovn_.*_port_up',
  'ovs_interface_.._(packets|dropped)_total',
  'ovs_datapath_drops_total',
  'node_nf_conntrack_entries',
  'node_load1',
]
/**
 * Every sample of the run, a line for each series, as Prometheus's API gives them. A lab may have served for long before,
 * and promtool(1) would read all of that first.
 */
function metrics({ history }: Lab): string {
  const query = `{__name__=~"${METRICS.join('|')}"}[${Math.ceil(history.now() / 1e9)}s]`
  return `curl -sS -m 10 --data-urlencode ${quote(`query=${query}`)} http://127.0.0.1:${PORTS.prometheus}/api/v1/query 2>&1 | sed 's/{"metric"/\\n&/g'`
}

function commands(lab: Lab): [node: string, file: string, command: string][] {
  const { topology } = lab
  const kernel =
    'ip -d addr; ip -4 route show table all; ip neigh; ip rule; nft list ruleset 2>/dev/null; conntrack -L 2>/dev/null; true'
  return [
    ...centrals(topology).flatMap(({ name }, i) =>
      Object.entries(DATABASES).map(([short, database]): [string, string, string] => [
        name,
        `${short}${i > 0 ? `-${name}` : ''}.dump`,
        `ovsdb-client dump unix:/run/ovn/${database.name}.sock ${database.database}${topology.central.peers ? `; ${askStatus(database)}` : ''}`,
      ]),
    ),
    ...topology.chassis.map(
      ({ name }) =>
        [
          name,
          `flows-${name}.txt`,
          'ovs-vsctl show; ovs-ofctl -O OpenFlow15 dump-flows br-int; ovs-appctl dpctl/dump-flows; ovs-appctl dpctl/dump-conntrack; true',
        ] as [string, string, string],
    ),
    ...Object.values(topology.vpcs).flatMap((vpc) => [
      ...vpc.nat.gateways.map(
        ({ name }) => [name, `frr-${name}.txt`, `${frr().join('; ')}; true`] as [string, string, string],
      ),
      ...vpc.nat.speakers.map(
        ({ chassis, name }) =>
          [chassis, `frr-${name}.txt`, `${frr(vpc.name).join('; ')}; true`] as [string, string, string],
      ),
    ]),
    ...internets(topology).map(
      ({ name }) => [name, `frr-${name}.txt`, `${frr().join('; ')}; true`] as [string, string, string],
    ),
    ...(topology.monitor ? [[topology.monitor.name, 'metrics.json', metrics(lab)] as [string, string, string]] : []),
    ...nodes(topology).map(
      ({ name }) => [name, `logs/${name}.txt`, `${lastLines(400)}\n${kernel}`] as [string, string, string],
    ),
  ]
}

/** The lately captured conversations of all links, to be opened in Wireshark. */
async function saveRing(lab: Lab, folder: string): Promise<void> {
  const files = await readRing({ run: (command, options) => lab.run(PATCHBAY, command, options) })
  files.forEach((file, i) => {
    writeFileSync(join(folder, `conversations-${i}.pcap`), file)
  })
}

/** Saves databases, flows, FRR state, logs and kernel state of every node that still answers, and the lately captured conversations. */
export async function saveEvidence(lab: Lab): Promise<void> {
  const folder = join(lab.evidence, 'evidence')
  mkdirSync(join(folder, 'logs'), { recursive: true })
  const ring = saveRing(lab, folder).catch((error: unknown) => {
    writeFileSync(join(folder, 'conversations.txt'), `not saved: ${reason(error)}\n`)
  })
  await Promise.all(
    commands(lab).map(async ([node, file, command]) => {
      const text = lab.alive(node)
        ? await lab.try(node, command, { within: '15s' }).then(
            ({ out }) => out,
            (error) => `not saved: ${reason(error)}\n`,
          )
        : `not saved: ${node} is not running\n`
      writeFileSync(join(folder, file), text)
    }),
  )
  await ring
}
