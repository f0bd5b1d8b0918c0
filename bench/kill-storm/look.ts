// One look at the machine and its engine.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import type { Engine } from '../../lab/engine/client.ts'
import { LABEL } from '../../lab/engine/labels.ts'
import { processes } from './processes.ts'
import type { Engaged, Machine } from './traces.ts'

/** Namespaces that a mount holds, `ip netns` ones and the engine's among them (proc_pid_mountinfo(5)). */
export function pinnedIn(mountinfo: string): Map<string, string> {
  const lines = mountinfo.matchAll(/^\S+ \S+ \S+ net:\[(\d+)\] (\S+) /gm)
  return new Map([...lines].map(([, netns = '', path = '']) => [path, netns]))
}

/** Names in /run/netns, also of files that nothing is mounted on. */
function named(): [path: string, netns: string][] {
  if (!existsSync('/run/netns')) return []
  return readdirSync('/run/netns').map((name) => {
    const path = `/run/netns/${name}`
    return [path, String(statSync(path, { throwIfNoEntry: false })?.ino ?? 'gone')]
  })
}

async function containers(engine: Engine): Promise<Engaged[]> {
  const all = await engine.listContainers({ all: true })
  return all.map(({ Id, Names, State, Labels }) => {
    const { [LABEL.lab]: lab, [LABEL.owner]: owner } = Labels
    return {
      id: Id,
      name: (Names[0] ?? Id).replace(/^\//, ''),
      state: State,
      ...(lab && { lab }),
      ...(owner && { owner }),
    }
  })
}

export async function look(engine: Engine): Promise<Machine> {
  const [engaged, networks] = await Promise.all([containers(engine), engine.listNetworks()])
  return {
    containers: engaged,
    networks: networks.map(({ Name }) => Name),
    processes: processes(),
    interfaces: readdirSync('/sys/class/net'),
    pinned: new Map([...pinnedIn(readFileSync('/proc/self/mountinfo', 'utf8')), ...named()]),
  }
}
