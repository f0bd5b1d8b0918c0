// What a harness without batches, consoles or parallel starts would do: one container after another,
// and one `docker exec` for each command. As lists of commands, so that they can be counted.

import { LABEL, owner } from '../../lab/engine/labels.ts'
import { imageName } from '../../lab/image/name.ts'
import type { NodePlan } from '../../lab/nodes/index.ts'
import { NO_IPV6 } from '../../lab/nodes/plan.ts'
import { PATCHBAY, PATCHBAY_CAPABILITIES } from '../../lab/patchbay/node.ts'
import { links } from '../../lab/topology/links.ts'
import type { Topology } from '../../lab/topology/types.ts'

/** Arguments of one call of `docker`. */
export type Call = readonly string[]

type Pid = (node: string) => number
type Name = (node: string) => string

/** A container that outlives nobody by long: its first process ends after ten minutes. */
const LIFE = ['sleep', '600']
const OFFLOADS = ['tx', 'off', 'tso', 'off', 'gso', 'off', 'gro', 'off', 'sg', 'off']

/** Starts the container of a node, or the patchbay where there is no plan. */
export function runContainer(lab: string, node: string, name: Name, plan?: NodePlan): Call {
  const sysctls = Object.entries({ ...NO_IPV6, ...plan?.sysctls }).map(([key, value]) => `--sysctl=${key}=${value}`)
  return [
    'run',
    '--detach',
    '--rm',
    '--network=none',
    `--name=${name(node)}`,
    `--hostname=${node}`,
    `--label=${LABEL.lab}=${lab}`,
    `--label=${LABEL.node}=${node}`,
    `--label=${LABEL.owner}=${owner()}`,
    '--cap-drop=ALL',
    ...(plan?.capabilities ?? PATCHBAY_CAPABILITIES).map((capability) => `--cap-add=${capability}`),
    ...sysctls,
    ...(plan ? ['--init'] : ['--pid=host', '--security-opt=apparmor=unconfined']),
    ...(plan?.tun ? ['--device=/dev/net/tun'] : []),
    imageName(),
    ...LIFE,
  ]
}

/** Links as the lab has them, two veth pairs joined in the patchbay, but joined by tc alone. */
export function wire(topology: Topology, name: Name, pid: Pid): Call[] {
  const exec = (...words: string[]): Call => ['exec', name(PATCHBAY), ...words]
  const joined = (from: string, to: string): Call[] => [
    exec('tc', 'qdisc', 'add', 'dev', from, 'ingress'),
    exec(
      ...['tc', 'filter', 'add', 'dev', from, 'parent', 'ffff:', 'protocol', 'all', 'u32', 'match', 'u32', '0', '0'],
      ...['action', 'mirred', 'egress', 'redirect', 'dev', to],
    ),
  ]
  const all = links(topology)
  return [
    exec('ip', 'link', 'add', 'fabric', 'type', 'bridge'),
    exec('ip', 'link', 'set', 'fabric', 'up'),
    ...all.flatMap((link, i) => [
      ...link.ends.flatMap(({ node, device }, side) => {
        const patch = `w${i}${'ab'[side]}`
        return [
          exec('ip', 'link', 'add', patch, 'type', 'veth', 'peer', 'name', device, 'netns', String(pid(node))),
          ...(link.fabric ? [exec('ip', 'link', 'set', patch, 'master', 'fabric')] : []),
          exec('ip', 'link', 'set', patch, 'up'),
          exec('ethtool', '-K', patch, ...OFFLOADS),
        ]
      }),
      ...(link.fabric ? [] : [...joined(`w${i}a`, `w${i}b`), ...joined(`w${i}b`, `w${i}a`)]),
    ]),
  ]
}

/** Addresses, MTUs, MACs and routes of every node, from the patchbay because a workload may not set its own. */
export function address(plans: ReadonlyMap<string, NodePlan>, name: Name, pid: Pid): Call[] {
  return [...plans].flatMap(([node, { interfaces, routes }]) => {
    const within = (...words: string[]): Call => [
      'exec',
      name(PATCHBAY),
      'nsenter',
      '-t',
      String(pid(node)),
      '-n',
      ...words,
    ]
    return [
      within('ip', 'link', 'set', 'lo', 'up'),
      ...interfaces.flatMap(({ device, mac, address, mtu }) => [
        within('ip', 'link', 'set', device, 'mtu', String(mtu), ...(mac ? ['address', mac] : []), 'up'),
        ...(address ? [within('ip', 'addr', 'add', address, 'dev', device)] : []),
        ...(device === 'lo' ? [] : [within('ethtool', '-K', device, ...OFFLOADS)]),
      ]),
      ...routes.map((route) => within('ip', 'route', 'add', ...route.split(' '))),
    ]
  })
}

/** Each node's own start script, whole: one command for the dozen that a hand would type, in the baseline's favour. */
export const boot = (plans: ReadonlyMap<string, NodePlan>, name: Name): Call[] =>
  [...plans].map(([node, { start }]) => [
    'exec',
    name(node),
    'bash',
    '-c',
    `exec 3>/dev/null; export LINES_FD=3\n${start}`,
  ])
