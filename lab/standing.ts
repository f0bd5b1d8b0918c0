// A lab that stays, entered by a process that did not make it, to break something in it.

import { join } from 'node:path'
import { WAITING } from './armory.ts'
import { bringUp } from './bring-up.ts'
import { ask } from './engine/ask.ts'
import { type LabOnEngine, labs } from './engine/labs.ts'
import { LabError } from './errors.ts'
import { newEvidence } from './evidence.ts'
import { madeFrom, TOPOLOGY } from './fleet.ts'
import { newHandle } from './handle.ts'
import { PATCHBAY } from './patchbay/node.ts'
import { residue } from './residue.ts'
import { lastingSite, OUT, openSite, type Site, unwindAll } from './site.ts'
import { checkTopology } from './topology/check.ts'
import type { Topology } from './topology/types.ts'
import type { Lab } from './types.ts'

export type Standing = {
  readonly lab: Lab
  /** Lets go of the lab, which stays; resolves with what is still different from before the first fault. */
  readonly leave: () => Promise<readonly string[]>
}

export type Entry = {
  /** What is going to be broken, and for how long at most. */
  readonly breaking: { readonly name: string; readonly longestNs: number }
  readonly signal?: AbortSignal
}

const mend = ({ name, topology }: LabOnEngine) => `npm run lab:up ${topology} -- --name ${name}`

/** The topology that a lab was made from, as the lab itself has it. Throws LabError for one that this project cannot enter. */
export async function topologyOf(engine: Site['engine'], there: LabOnEngine): Promise<Topology> {
  const { name, standing, containers, size } = there
  if (standing !== 'stays')
    throw new LabError(`lab ${name} does not stay: its run alone may break it; npm run lab:up brings one up that does`)
  const dead = containers.filter(({ running }) => !running).map(({ node }) => node)
  if (dead.length > 0 || containers.length < size)
    throw new LabError(`lab ${name} is not whole; ${mend(there)} mends it`)
  const patchbay = containers.find(({ node }) => node === PATCHBAY)
  const { out, exit } = await ask(engine, patchbay?.id ?? '', ['cat', TOPOLOGY])
  if (exit !== 0)
    throw new LabError(`lab ${name} does not say what it was made from; take it down: npm run lab:down ${name}`)
  const topology = JSON.parse(out) as Topology
  if (madeFrom(topology) !== there.madeFrom)
    throw new LabError(
      `lab ${name} was made from another version of ${there.topology} or of its image; take it down: npm run lab:down ${name}`,
    )
  return topology
}

/** Enters the lab of this name. Throws LabError where that is not possible. */
export async function enterStanding(topology: Topology, name: string, { breaking, signal }: Entry): Promise<Standing> {
  checkTopology(topology)
  const evidence = newEvidence(join(OUT, 'labs'), name)
  const site = await openSite(topology, { name, evidence, breaking, ...(signal && { signal }) })
  const letGo = async () => {
    await unwindAll(site)
    await site.fleet.remove() // it launched nothing, and lets go of what it found
  }
  try {
    const there = (await labs(site.engine)).find((lab) => lab.name === name)
    if (!there) throw new LabError(`no lab '${name}'`)
    await site.act(`${there.containers.length} containers found`, () => site.fleet.adopt(there.containers))
    await refuseBroken(site)
    const plant = await bringUp(lastingSite(site), [])
    const { lab, baseline, blamed } = newHandle(site, plant, async () => {})
    return {
      lab,
      leave: async () => {
        const before = baseline()
        const left = before && (await residue(lab, await before))
        await letGo()
        return [...blamed, ...(left ? [left] : [])]
      },
    }
  } catch (error) {
    await letGo()
    throw error
  }
}

/** Throws LabError while somebody else breaks the lab: what it is then is nothing to compare with. */
async function refuseBroken({ fleet, name }: Site): Promise<void> {
  const places = [PATCHBAY, ...fleet.plans.keys()]
  const told = await Promise.all(places.map((node) => fleet.of(node).console.try(WAITING)))
  const faults = [...new Set(told.flatMap(({ out }) => out.split('\n').filter(Boolean)))]
  if (faults.length > 0)
    throw new LabError(`lab ${name} is broken already by ${faults.join(', ')}; npm run heal -- --lab ${name} ends that`)
}
