// What a scenario holds of a lab that runs.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plant } from './bring-up.ts'
import { reason } from './errors.ts'
import { saveEvidence } from './evidence.ts'
import { labParameters } from './measures/parameters.ts'
import { keepCharts } from './monitor/charts.ts'
import { tellOwnSeries } from './monitor/own-series.ts'
import { PATCHBAY } from './patchbay/node.ts'
import { startTap, type Tap } from './patchbay/tap.ts'
import { chanceOf } from './random.ts'
import { type Snapshot, steadySnapshot } from './residue.ts'
import type { Site } from './site.ts'
import { nodeNamed } from './topology/nodes.ts'
import type { Lab } from './types.ts'

/** A lab, and what its end must know of it. */
export type Handle = {
  readonly lab: Lab
  /** What could not be thrown when it failed. */
  readonly blamed: readonly string[]
  /** What the lab looked like before its first fault; none without a fault. */
  readonly baseline: () => Promise<Snapshot> | undefined
}

export function newHandle(site: Site, { wires, southbound, revive }: Plant, end: () => Promise<void>): Handle {
  const { name, topology, engine, fleet, history, evidence, undo, act } = site
  const blamed: string[] = []
  let baseline: Promise<Snapshot> | undefined
  let kept: Promise<void> | undefined
  let tap: Promise<Tap> | undefined

  const openTap = async () => {
    const started = await startTap({
      engine,
      patchbay: fleet.of(PATCHBAY),
      wires,
      history,
      file: join(evidence, 'capture.pcap'),
      roleOf: (node) => nodeNamed(topology, node).role,
    })
    undo.defer('taps', started.close)
    return started
  }
  const lab: Lab = {
    name,
    topology,
    history,
    signal: site.signal,
    abort: site.abort,
    seed: site.seed,
    random: chanceOf(site.seed),
    evidence,
    wires,
    southbound,
    tap: () => {
      tap ??= openTap()
      return tap
    },
    run: (node, command, options) => fleet.of(node).console.run(command, options),
    try: (node, command, options) => fleet.of(node).console.try(command, options),
    kill: fleet.kill,
    revive,
    daemons: (node) => fleet.plans.get(node)?.daemons ?? [],
    alive: fleet.alive,
    ...(site.armory && { armory: site.armory }),
    defer: undo.defer,
    noteBaseline: async () => {
      baseline ??= steadySnapshot(lab)
      await baseline
    },
    blame: (what, error) => void blamed.push(`${what}: ${reason(error)}`),
    keepEvidence: () => {
      kept ??= act('evidence kept', () => saveEvidence(lab))
      return kept
    },
    [Symbol.asyncDispose]: end,
  }
  undo.defer('charts', () => keepCharts(lab))
  undo.defer('own series', tellOwnSeries(lab))
  return { lab, blamed, baseline: () => baseline }
}

/** Notes which versions of OVN, OVS and FRR the lab is made of, and with which timers it runs. */
export async function noteParameters({ fleet, topology, evidence, history }: Site): Promise<void> {
  const { out } = await fleet.of(topology.central.name).console.run('cat /versions')
  const lines = out.trim().split('\n')
  const versions = Object.fromEntries(lines.map((line) => line.split(' ')))
  writeFileSync(join(evidence, 'versions.json'), JSON.stringify(versions, null, 2))
  history.record('lab', labParameters(topology, versions))
}
