// What a run leaves on disk: its history, its topology, the versions, and on a failure everything
// that would have to be collected by hand.

import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { reason } from './errors.ts'
import { vtysh } from './frr/start.ts'
import { PATCHBAY } from './patchbay/node.ts'
import { readRing } from './patchbay/ring.ts'
import { nodes } from './topology/nodes.ts'
import type { Lab } from './types.ts'

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

const frr = (instance = '') =>
  ['show bgp ipv4 unicast summary', 'show bgp ipv4 unicast', 'show bgp neighbors']
    .map((command) => vtysh('bgpd', command, instance))
    .concat(instance ? [] : [vtysh('bfdd', 'show bfd peers'), vtysh('zebra', 'show ip route table all')])

function commands(lab: Lab): [node: string, file: string, command: string][] {
  const { topology } = lab
  const logs =
    'for f in /var/log/ovn/*.log /var/log/openvswitch/*.log /var/log/frr/*.log; do [ -f $f ] && echo "== $f" && tail -n 400 $f; done; true'
  const kernel =
    'ip -d addr; ip -4 route show table all; ip neigh; ip rule; nft list ruleset 2>/dev/null; conntrack -L 2>/dev/null; true'
  return [
    [topology.central.name, 'nb.dump', 'ovsdb-client dump unix:/run/ovn/ovnnb_db.sock OVN_Northbound'],
    [topology.central.name, 'sb.dump', 'ovsdb-client dump unix:/run/ovn/ovnsb_db.sock OVN_Southbound'],
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
    [topology.internet.name, `frr-${topology.internet.name}.txt`, `${frr().join('; ')}; true`],
    ...nodes(topology).map(({ name }) => [name, `logs/${name}.txt`, `${logs}\n${kernel}`] as [string, string, string]),
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
