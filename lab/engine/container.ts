// One container of a lab. Its first process is a shell on a stream that we hold.

import type { Duplex } from 'node:stream'
import { GenericContainer } from 'testcontainers'
import { LabError, reason } from '../errors.ts'
import { type History, newHistory } from '../history.ts'
import { type Condition, ready } from '../until.ts'
import type { Engine } from './client.ts'
import { type Console, newConsole } from './console.ts'
import { LABEL } from './labels.ts'

export type ContainerSpec = {
  readonly lab: string
  readonly node: string
  readonly topology: string
  readonly madeFrom: string
  /** How many containers the whole lab has. */
  readonly size: number
  readonly image: string
  /** Linux capabilities (capabilities(7)) without CAP_; all others are dropped. */
  readonly capabilities: readonly string[]
  /** Whether it needs /dev/net/tun, for TAP devices. */
  readonly tun?: boolean
  /** Folders that are file systems of their own, in memory, and their sizes: '64m'. */
  readonly disks?: readonly { readonly folder: string; readonly size: string }[]
  /** Whether it sees the host's processes, to reach other containers' network namespaces. */
  readonly hostPids?: boolean
  readonly sysctls?: Readonly<Record<string, string>>
  /** Environment of its first process. */
  readonly env?: Readonly<Record<string, string>>
  /** cgroup CPU shares; 1024 where not given. */
  readonly cpuShares?: number
  /** As `owner()` writes it. */
  readonly owner: string
}

export type Container = {
  readonly id: string
  /** Its first process, as the host counts. */
  readonly pid: number
  readonly console: Console
  /** Removes it now and waits until the engine has forgotten it. */
  readonly remove: () => Promise<void>
}

export const containerName = (lab: string, node: string) => `ovn-gameday-${lab}-${node}`

/** testcontainers offers devices, standard input and the removal of capabilities to subclasses only. */
class NodeContainer extends GenericContainer {
  /** Once the engine has created it. */
  id: string | undefined
  stream: Duplex | undefined
  readonly #engine: Engine

  constructor(engine: Engine, spec: ContainerSpec) {
    super(spec.image)
    this.#engine = engine
    this.autoCleanup = false // the dead-man and the sweep do this without a container of their own
    this.hostConfig = {
      ...this.hostConfig,
      AutoRemove: true,
      Init: !spec.hostPids,
      PidMode: spec.hostPids ? 'host' : '',
      CapDrop: ['ALL'],
      CapAdd: [...spec.capabilities],
      LogConfig: { Type: 'none', Config: {} },
      Sysctls: { ...spec.sysctls },
      Tmpfs: Object.fromEntries((spec.disks ?? []).map(({ folder, size }) => [folder, `size=${size},mode=0755`])),
      CpuShares: spec.cpuShares ?? 1024,
      Devices: spec.tun
        ? [{ PathOnHost: '/dev/net/tun', PathInContainer: '/dev/net/tun', CgroupPermissions: 'rwm' }]
        : [],
      // The default AppArmor profile, where there is one, forbids the bpffs mount and the look into
      // other namespaces that the patchbay lives by.
      SecurityOpt: spec.hostPids ? ['apparmor=unconfined'] : [],
    }
    this.createOpts = {
      ...this.createOpts,
      name: containerName(spec.lab, spec.node),
      Hostname: spec.node,
      Cmd: ['bash', '--norc', '--noprofile'],
      Env: Object.entries(spec.env ?? {}).map(([name, value]) => `${name}=${value}`),
      Labels: {
        [LABEL.lab]: spec.lab,
        [LABEL.node]: spec.node,
        [LABEL.topology]: spec.topology,
        [LABEL.madeFrom]: spec.madeFrom,
        [LABEL.size]: String(spec.size),
        [LABEL.owner]: spec.owner,
      },
      // Skips the engine's network hook, half of a start's cost; the namespace is private all the same.
      NetworkDisabled: true,
      OpenStdin: true,
      StdinOnce: true,
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
    }
  }

  protected override async containerCreated(id: string): Promise<void> {
    this.id = id
    const attach = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true }
    this.stream = (await this.#engine.getContainer(id).attach(attach)) as unknown as Duplex
  }
}

/**
 * Removes a container by id or name, and waits until it is gone; one that is not there is gone. By
 * asking again: the engine's own wait never ends when somebody else's removal is done just before it.
 */
export async function removeContainer(engine: Engine, id: string): Promise<void> {
  const container = engine.getContainer(id)
  const gone: Condition = {
    name: `container ${id} to be gone`,
    look: () =>
      container.remove({ force: true, v: true }).then(
        () => ({ holds: true, saw: 'removed' }),
        (error: { statusCode?: number }) => {
          if (error.statusCode === 404) return { holds: true, saw: 'no such container' }
          if (error.statusCode === 409) return { holds: false, saw: 'its removal is under way' }
          throw error
        },
      ),
  }
  await ready({ history: newHistory() }, gone, { within: '30s', every: '50ms' })
}

/** Starts a container with an empty network namespace. A start that fails leaves nothing. */
export async function startContainer(engine: Engine, spec: ContainerSpec, history: History): Promise<Container> {
  const container = new NodeContainer(engine, spec)
  try {
    const id = (await container.start()).getId()
    if (!container.stream) throw new LabError(`${spec.node}: the engine gave no stream to its shell`)
    const console = newConsole(spec.node, engine, container.stream, history)
    const { State } = await engine.getContainer(id).inspect()
    return { id, pid: State.Pid, console, remove: () => removeContainer(engine, id) }
  } catch (cause) {
    // Never by its name: one that could not be created because of its name is somebody else's.
    if (container.id) await removeContainer(engine, container.id)
    if ((cause as { statusCode?: number }).statusCode === 409)
      throw new LabError(`a lab ${spec.lab} is already up`, { cause })
    throw new LabError(`could not start the container of ${spec.node}: ${reason(cause)}`, { cause })
  }
}
