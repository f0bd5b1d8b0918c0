// Brings a lab up, proved ready, and takes it down without a trace.

import { randomBytes } from 'node:crypto'
import { channel } from 'node:diagnostics_channel'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectEngine } from './engine/client.ts'
import { NOBODY, owner } from './engine/labels.ts'
import { labContainers, sweep } from './engine/sweep.ts'
import { LabError, reason } from './errors.ts'
import { newEvidence, saveEvidence } from './evidence.ts'
import { newFleet } from './fleet.ts'
import { newHistory } from './history.ts'
import { nbTransaction } from './ovn/nb.ts'
import { followSouthbound } from './ovn/southbound.ts'
import { PATCHBAY } from './patchbay/node.ts'
import { startTap, type Tap } from './patchbay/tap.ts'
import { newWires } from './patchbay/wires.ts'
import { awaitReady } from './ready/index.ts'
import { residue, type Snapshot, snapshot } from './residue.ts'
import { failed, type Run, scenarioOf } from './run.ts'
import { checkTopology } from './topology/check.ts'
import { links } from './topology/links.ts'
import type { Topology } from './topology/types.ts'
import type { Lab } from './types.ts'
import { newUndoStack } from './undo.ts'

/** Where runs leave their evidence, below the project. */
const OUT = join(import.meta.dirname, '..', 'reports', 'out')

export type LabOptions = {
  /** A lab that stays when its maker ends, under this name. */
  readonly stays?: string
}

/**
 * Starts a lab of this topology for a test, and registers its end with the test. It is ready when
 * this resolves; a start that fails leaves nothing. Throws ScenarioError for a broken topology,
 * LabError with the fact that was missing.
 */
export async function startLab(topology: Topology, run: Run = {}, { stays }: LabOptions = {}): Promise<Lab> {
  checkTopology(topology)
  const evidence = newEvidence(OUT, stays ?? scenarioOf(run))
  if (run.task) Object.assign(run.task.meta, { gameday: { evidence } })
  const history = newHistory(join(evidence, 'history.jsonl'))
  const events = channel('ovn-gameday:event')
  history.watch((event) => events.publish({ evidence, event }))
  const act = async <T>(text: string, step: Promise<T>): Promise<T> => {
    const from = history.now()
    const value = await step
    history.record('lab', { kind: 'act', text, tookNs: history.now() - from })
    return value
  }

  const engine = await connectEngine()
  const swept = await sweep(engine)
  if (swept.length > 0) history.record('lab', { kind: 'act', text: `removed ${swept.length} containers of dead runs` })
  const name = stays ?? `${topology.name}-${randomBytes(3).toString('hex')}`
  const undo = newUndoStack()
  const fleet = newFleet({ engine, lab: name, topology, owner: stays ? NOBODY : owner(), history })
  const nodes = [...fleet.plans.keys()]
  writeFileSync(join(evidence, 'topology.json'), JSON.stringify(topology, null, 2))

  let kept = false
  const blamed: string[] = []
  let baseline: Promise<Snapshot> | undefined
  try {
    undo.defer('containers', fleet.remove)
    await act(`${nodes.length + 1} containers started`, fleet.launch([PATCHBAY, ...nodes]))
    const patchbay = fleet.of(PATCHBAY)
    const wires = await newWires(patchbay.console, links(topology), history)
    await act(`${links(topology).length} links wired`, fleet.connect(wires, nodes))
    const central = topology.central.name
    const chassis = topology.chassis.map(({ name }) => name)
    const others = nodes.filter((node) => node !== central && !chassis.includes(node))
    const controlPlane = async () => {
      await act('central booted', fleet.boot(central))
      await act('NB rows written in one transaction', fleet.of(central).console.run(nbTransaction(topology)))
      const followed = await followSouthbound(engine, fleet.of(central), history)
      undo.defer('SB monitor', async () => followed.close())
      await act('chassis booted', Promise.all(chassis.map(fleet.boot)))
      return followed
    }
    const [southbound] = await Promise.all([
      controlPlane(),
      act('workloads, gateways and the internet booted', Promise.all(others.map(fleet.boot))),
    ])

    let tap: Promise<Tap> | undefined
    const lab: Lab = {
      name,
      topology,
      history,
      signal: run.signal,
      evidence,
      wires,
      southbound,
      tap: () => {
        tap ??= startTap({
          engine,
          patchbay,
          wires,
          history,
          file: join(evidence, 'capture.pcap'),
          transparent: (node) => chassis.includes(node),
        }).then((started) => {
          undo.defer('taps', started.close)
          return started
        })
        return tap
      },
      run: (node, command, options) => fleet.of(node).console.run(command, options),
      try: (node, command, options) => fleet.of(node).console.try(command, options),
      kill: fleet.kill,
      revive: async (node) => {
        await fleet.launch([node])
        await fleet.connect(wires, [node])
        await fleet.boot(node)
      },
      alive: fleet.alive,
      defer: undo.defer,
      noteBaseline: async () => {
        baseline ??= snapshot(lab)
        await baseline
      },
      blame: (what, error) => void blamed.push(`${what}: ${reason(error)}`),
      keepEvidence: async () => {
        if (kept) return
        kept = true
        await act('evidence kept', saveEvidence(lab))
      },
      [Symbol.asyncDispose]: async () => {
        if (!run.onTestFinished) await end()
      },
    }
    const { out } = await fleet.of(central).console.run('cat /versions')
    writeFileSync(join(evidence, 'versions.json'), JSON.stringify(Object.fromEntries(out.trim().split('\n').map((line) => line.split(' '))), null, 2))
    const end = async () => {
      const wrong: string[] = []
      if (failed(run)) await lab.keepEvidence().catch((error) => history.record('lab', { kind: 'act', text: `evidence not kept: ${reason(error)}` }))
      // A failed scenario may have left its faults in force, and is red already.
      const left = baseline && !failed(run) ? await residue(lab, await baseline).catch(reason) : undefined
      if (left) wrong.push(`left behind by a fault: ${left}`)
      // What failed in a disposer fails again here, and is told once.
      wrong.push(...new Set([...blamed, ...(await undo.unwind())]))
      const remains = (await labContainers(engine)).filter((container) => container.lab === name)
      if (remains.length > 0) wrong.push(`left behind: ${remains.map(({ node }) => node).join(', ')}`)
      history.record('lab', { kind: 'act', text: wrong.length > 0 ? `ended with ${wrong.join('; ')}` : 'ended, nothing left' })
      if (wrong.length > 0) throw new LabError(`lab ${name} did not end cleanly: ${wrong.join('; ')}`)
    }
    run.onTestFinished?.(end, 60_000)
    await act('ready', awaitReady(lab))
    return lab
  } catch (cause) {
    const wrong = await undo.unwind()
    const aside = wrong.length > 0 ? `; and cleaning up failed: ${wrong.join('; ')}` : ''
    throw new LabError(`lab ${topology.name} did not come up: ${reason(cause)}${aside}`, { cause })
  }
}
