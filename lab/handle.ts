// What a scenario holds of a lab that runs.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plant } from './bring-up.ts'
import { reason } from './errors.ts'
import { saveEvidence } from './evidence.ts'
import { PATCHBAY } from './patchbay/node.ts'
import { startTap, type Tap } from './patchbay/tap.ts'
import { type Snapshot, steadySnapshot } from './residue.ts'
import type { Site } from './site.ts'
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
      transparent: (node) => topology.chassis.some((chassis) => chassis.name === node),
    })
    undo.defer('taps', started.close)
    return started
  }
  const lab: Lab = {
    name,
    topology,
    history,
    signal: site.signal,
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
    alive: fleet.alive,
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
  return { lab, blamed, baseline: () => baseline }
}

/** Notes which versions of OVN, OVS and FRR the lab is made of. */
export async function noteVersions({ fleet, topology, evidence }: Site): Promise<void> {
  const { out } = await fleet.of(topology.central.name).console.run('cat /versions')
  const versions = out
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
  writeFileSync(join(evidence, 'versions.json'), JSON.stringify(Object.fromEntries(versions), null, 2))
}
