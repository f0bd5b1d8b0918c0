// Which lab, and which part of it, somebody means.

import type { LabContainer, LabOnEngine } from '../engine/labs.ts'
import { LabError, ScenarioError } from '../errors.ts'
import { PATCHBAY } from '../patchbay/node.ts'
import { alternatives } from '../topology/alternatives.ts'

/**
 * The lab of this name, else the only one that stays, else the only one there is: whoever has a lab
 * by hand means that, whatever runs beside it. Throws LabError that lists the names there are; `how` to name one.
 */
export function pickLab(
  all: readonly LabOnEngine[],
  wanted: string | true | undefined,
  how = '-- --lab ',
): LabOnEngine {
  const names = all.map(({ name }) => name).join(', ')
  if (wanted) {
    const named = all.find(({ name }) => name === wanted)
    if (named) return named
    throw new LabError(`no lab '${wanted}'; ${all.length > 0 ? `there is ${names}` : 'none is up'}`)
  }
  if (all.length === 0) throw new LabError('no lab is up; npm run lab:up brings one up')
  const staying = all.filter(({ standing }) => standing === 'stays')
  const [only, other] = staying.length > 0 ? staying : all
  if (!only || other) throw new LabError(`which lab of ${names}? Name one, as in: ${how}${only?.name}`)
  return only
}

/** The container of a node, or of the patchbay. Throws ScenarioError that lists the nearest names, LabError for a dead one. */
export function pickNode({ name, containers }: LabOnEngine, wanted: string): LabContainer {
  const found = containers.find(({ node }) => node === wanted)
  if (!found && wanted === PATCHBAY) throw new LabError(`the patchbay of ${name} does not run`)
  const nodes = containers.map(({ node }) => node).filter((node) => node !== PATCHBAY)
  if (!found)
    throw new ScenarioError(`no node '${wanted}' in lab ${name}; it has ${alternatives(wanted, nodes.sort())}`)
  if (!found.running) throw new LabError(`${wanted} of lab ${name} does not run`)
  return found
}
