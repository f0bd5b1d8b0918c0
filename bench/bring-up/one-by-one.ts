// Runs the naive bring-up: containers, links, addresses, daemons, each command after the one before.
// It ends where the daemons are started; no NB row is written and no fact is waited for.

import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { Engine } from '../../lab/engine/client.ts'
import { containerName, removeContainer } from '../../lab/engine/container.ts'
import { LabError } from '../../lab/errors.ts'
import { planNodes } from '../../lab/nodes/index.ts'
import { PATCHBAY } from '../../lab/patchbay/node.ts'
import type { Topology } from '../../lab/topology/types.ts'
import { address, boot, type Call, runContainer, wire } from './naive.ts'

export type OneByOne = {
  /** Calls of `docker`. */
  readonly calls: number
  readonly tookNs: number
  /** ns by stage: containers, links, addresses, daemons. */
  readonly stages: Readonly<Record<string, number>>
}

async function docker(call: Call): Promise<string> {
  try {
    return (await promisify(execFile)('docker', [...call])).stdout.trim()
  } catch (cause) {
    const { stderr = '' } = cause as { stderr?: string }
    throw new LabError(`docker ${call.slice(0, 8).join(' ')}: ${stderr.trim() || String(cause)}`, { cause })
  }
}

/** Brings up what `startLab` brings up by the time its nodes are booted, and removes it. */
export async function oneByOne(engine: Engine, topology: Topology): Promise<OneByOne> {
  const lab = `bench-naive-${randomBytes(3).toString('hex')}`
  const name = (node: string) => containerName(lab, node)
  const plans = planNodes(topology)
  const nodes = [PATCHBAY, ...plans.keys()]
  const pids = new Map<string, number>()
  const pid = (node: string) => pids.get(node) ?? 0
  const stages: Record<string, number> = {}
  let calls = 0
  const run = async (call: Call): Promise<string> => {
    calls++
    return await docker(call)
  }
  const stage = async (title: string, work: () => Promise<void>) => {
    const from = process.hrtime.bigint()
    await work()
    stages[title] = Number(process.hrtime.bigint() - from)
  }
  const all = (list: () => readonly Call[]) => async () => {
    for (const call of list()) await run(call)
  }
  try {
    await stage('containers', async () => {
      for (const node of nodes) {
        await run(runContainer(lab, node, name, plans.get(node)))
        pids.set(node, Number(await run(['inspect', '--format', '{{.State.Pid}}', name(node)])))
      }
    })
    await stage(
      'links',
      all(() => wire(topology, name, pid)),
    )
    await stage(
      'addresses',
      all(() => address(plans, name, pid)),
    )
    await stage(
      'daemons',
      all(() => boot(plans, name)),
    )
    return { calls, stages, tookNs: Object.values(stages).reduce((sum, ns) => sum + ns, 0) }
  } finally {
    await Promise.all(nodes.map((node) => removeContainer(engine, name(node))))
  }
}
