// Brings up a lab that stays, or what such a lab lacks.

import { join } from 'node:path'
import { HEAL_ALL } from './armory.ts'
import { bringUp, containersOf } from './bring-up.ts'
import { removeContainer } from './engine/container.ts'
import { type LabContainer, type LabOnEngine, labs } from './engine/labs.ts'
import { LabError, reason } from './errors.ts'
import { newEvidence } from './evidence.ts'
import { madeFrom } from './fleet.ts'
import { type Handle, newHandle } from './handle.ts'
import { PATCHBAY } from './patchbay/node.ts'
import type { Wires } from './patchbay/wires.ts'
import { awaitReady } from './ready/index.ts'
import { lastingSite, OUT, openSite, type Site, unwindAll } from './site.ts'
import { checkTopology } from './topology/check.ts'
import type { Topology } from './topology/types.ts'

export type KeptUp = {
  /** Containers that ran already and were left alone. */
  readonly found: readonly string[]
  /** Containers that were missing or dead, and were made. */
  readonly made: readonly string[]
}

/**
 * Makes the lab of this name be there and ready: all of it, or the nodes that it lacks. It stays
 * when this resolves. When it fails or is told to stop, what it made is removed, and what ran before
 * is left alone. Throws ScenarioError, LabError, or the signal's reason.
 */
export async function keepUp(topology: Topology, name: string, signal: AbortSignal): Promise<KeptUp> {
  checkTopology(topology)
  const site = await openSite(topology, { name, evidence: newEvidence(join(OUT, 'labs'), name), signal })
  const there = (await labs(site.engine)).find((lab) => lab.name === name)
  if (there) refuseOther(there, topology)
  const found = there ? await usable(site, there) : []
  const made = containersOf(site).filter((node) => !found.some((container) => container.node === node))
  let handle: Handle | undefined
  try {
    if (found.length > 0) await site.act(`${found.length} containers found`, () => site.fleet.adopt(found))
    // Whoever types this wants the lab whole, not what somebody is breaking in it.
    await Promise.all(found.map(({ node }) => site.fleet.of(node).console.try(HEAL_ALL)))
    const plant = await bringUp(lastingSite(site), made)
    if (found.length > 0) await carryAll(plant.wires)
    handle = newHandle(site, plant, async () => {})
    const { lab } = handle
    await site.act('ready', () => awaitReady(lab))
    await unwindAll(site)
    signal.throwIfAborted()
    await site.fleet.leave()
    return { found: found.map(({ node }) => node), made }
  } catch (cause) {
    if (!signal.aborted) await handle?.lab.keepEvidence().catch(() => {})
    await unwindAll(site)
    await site.fleet.remove()
    signal.throwIfAborted()
    const folder = handle ? `; evidence in ${site.evidence}` : ''
    throw new LabError(`lab ${name} did not come up: ${reason(cause)}${folder}`, { cause })
  }
}

/** Throws LabError for a lab that only has the same name. */
function refuseOther({ name, standing, topology, ...there }: LabOnEngine, wanted: Topology): void {
  const way = `take it down first (npm run lab:down ${name}), or give yours another --name`
  if (standing === 'run')
    throw new LabError(`lab ${name} belongs to process ${there.maker}, which lives; give yours another --name`)
  if (topology !== wanted.name) throw new LabError(`lab ${name} is up as ${topology}, not ${wanted.name}; ${way}`)
  if (there.madeFrom !== madeFrom(wanted))
    throw new LabError(`lab ${name} was made from another version of ${topology} or of its image; ${way}`)
}

/** What of a lab can stay as it is; the rest is removed. Without the patchbay, which all links run through, that is nothing. */
async function usable({ engine }: Site, { containers }: LabOnEngine): Promise<readonly LabContainer[]> {
  const patched = containers.some(({ node, running }) => node === PATCHBAY && running)
  const kept = containers.filter(({ running }) => patched && running)
  await Promise.all(containers.filter((each) => !kept.includes(each)).map(({ id }) => removeContainer(engine, id)))
  return kept
}

/** Whatever was silenced, impaired or cut and forgotten carries again. */
async function carryAll(wires: Wires): Promise<void> {
  await wires.carryAll()
  await wires.carrier(
    wires.all().flatMap((wire) => wire.ends),
    true,
  )
}
