// What a lab can leave on its machine, and how to tell its own from what other labs do at the same time.
// Pure: two looks at the machine in, what is left out.

import type { Process } from './processes.ts'

export type Engaged = {
  readonly id: string
  readonly name: string
  readonly lab?: string
  /** 'running', 'exited', 'removing'. */
  readonly state: string
  /** Owner label: boot, pid and start time of the process that made it. */
  readonly owner?: string
}

/** One look at the machine. */
export type Machine = {
  readonly processes: readonly Process[]
  readonly containers: readonly Engaged[]
  /** Docker networks, by name. */
  readonly networks: readonly string[]
  readonly interfaces: readonly string[]
  /** Network namespaces that a mount holds, processes or not: path → namespace. */
  readonly pinned: ReadonlyMap<string, string>
}

/** What is known to be of one run, gathered while it lives. */
export type Own = {
  /** The session that everything of the run is in. */
  readonly session: number
  /** 'pid:start time' of its processes, as owner labels end. */
  readonly makers: Set<string>
  readonly labs: Set<string>
  /** Ids of the labs' containers. */
  readonly containers: Set<string>
}

export const newOwn = (session: number): Own => ({ session, makers: new Set(), labs: new Set(), containers: new Set() })

/** Takes down which processes, labs and containers are the run's. */
export function claim(own: Own, { processes, containers }: Machine): void {
  for (const { session, pid, started } of processes) if (session === own.session) own.makers.add(`${pid}:${started}`)
  for (const { owner, lab } of containers) {
    if (lab && owner && own.makers.has(owner.slice(owner.indexOf(':') + 1))) own.labs.add(lab)
  }
  for (const { id, lab } of containers) if (lab && own.labs.has(lab)) own.containers.add(id)
}

const isOwn = (own: Own, { session, container, command }: Process): boolean =>
  session === own.session ||
  (container !== undefined && own.containers.has(container)) ||
  // The engine's minder of a container is in no container itself, but names it.
  [...own.containers].some((id) => command.includes(id))

export type Trace = {
  readonly kind: 'container' | 'docker network' | 'network namespace' | 'interface' | 'process'
  /** 'ovn-gameday-two-vpcs-84a66b-central running' */
  readonly what: string
}

/**
 * What is there of the run; nothing: []. A namespace without processes, a network and an interface bear
 * no owner's name, so a new one counts as the run's, unless a process of somebody else is in it.
 */
export function traces(own: Own, before: Machine, now: Machine): Trace[] {
  const mine = now.processes.filter((process) => isOwn(own, process))
  const known = new Set([...before.pinned.values(), ...before.processes.map(({ netns }) => netns)])
  const others = new Set(now.processes.filter((process) => !isOwn(own, process)).map(({ netns }) => netns))
  const within = new Set(mine.flatMap(({ netns }) => (netns && !known.has(netns) ? [netns] : [])))
  const pinned = [...now.pinned].filter(([, netns]) => !known.has(netns) && !others.has(netns))
  const trace = (kind: Trace['kind']) => (what: string) => ({ kind, what })
  return [
    ...now.containers
      .filter(({ id, lab }) => own.containers.has(id) || (lab && own.labs.has(lab)))
      .map(({ name, state }) => `${name} ${state}`)
      .map(trace('container')),
    ...now.networks.filter((name) => !before.networks.includes(name)).map(trace('docker network')),
    ...[...within].map(trace('network namespace')),
    ...pinned.map(([path, netns]) => `${netns} at ${path}`).map(trace('network namespace')),
    ...now.interfaces.filter((name) => !before.interfaces.includes(name)).map(trace('interface')),
    ...mine.map(({ pid, command }) => `${pid} ${command.slice(0, 60)}`).map(trace('process')),
  ]
}

/** '20 × container, 3 × process' */
export const tally = (left: readonly Trace[]): string =>
  [...Map.groupBy(left, ({ kind }) => kind)].map(([kind, all]) => `${all.length} × ${kind}`).join(', ')
