// The labs on an engine, as their containers' labels tell.

import type { Engine } from './client.ts'
import { containerName } from './container.ts'
import { LABEL, ownerLives } from './labels.ts'

export type LabContainer = {
  readonly id: string
  readonly lab: string
  readonly node: string
  readonly topology: string
  readonly madeFrom: string
  readonly size: number
  readonly owner: string
  readonly running: boolean
  /** Unix time, s. */
  readonly createdS: number
  readonly name: string
}

/** Every container of every lab on the engine. */
export async function labContainers(engine: Engine): Promise<LabContainer[]> {
  const list = await engine.listContainers({ all: true, filters: { label: [LABEL.lab] } })
  return list.map(({ Id, Labels, State, Created, Names }) => ({
    id: Id,
    lab: Labels[LABEL.lab] ?? '',
    node: Labels[LABEL.node] ?? '',
    topology: Labels[LABEL.topology] ?? '',
    madeFrom: Labels[LABEL.madeFrom] ?? '',
    size: Number(Labels[LABEL.size]),
    owner: Labels[LABEL.owner] ?? '',
    running: State === 'running',
    createdS: Created,
    name: (Names[0] ?? '').replace(/^\//, ''),
  }))
}

/**
 * A lab stays from the moment one of its containers has such a name: labels cannot change, and
 * whether a lab stays is decided when it is ready, or has failed.
 */
export const stayingName = (lab: string, node: string) => `${containerName(lab, node)}.stays`

export type Standing =
  /** A process that lives made it, or makes it now. */
  | 'run'
  /** Left to stand until somebody takes it down. */
  | 'stays'
  /** Its maker is gone and nobody decided that it stays: the next sweep takes it. */
  | 'orphan'

export type LabOnEngine = {
  readonly name: string
  readonly topology: string
  readonly madeFrom: string
  readonly size: number
  readonly standing: Standing
  /** A living process that made some of it. */
  readonly maker: number | undefined
  readonly containers: readonly LabContainer[]
  /** Of its oldest container, Unix time, s. */
  readonly createdS: number
}

/** Every lab on the engine, by name. */
export async function labs(engine: Engine): Promise<LabOnEngine[]> {
  const groups = Map.groupBy(await labContainers(engine), ({ lab }) => lab)
  return [...groups].sort(([a], [b]) => a.localeCompare(b)).map(([name, containers]) => describe(name, containers))
}

function describe(name: string, containers: readonly LabContainer[]): LabOnEngine {
  const stays = containers.some((container) => container.name === stayingName(name, container.node))
  const living = containers.find(({ owner }) => ownerLives(owner))
  return {
    name,
    topology: containers[0]?.topology ?? '',
    madeFrom: containers[0]?.madeFrom ?? '',
    size: containers[0]?.size ?? 0,
    standing: stays ? 'stays' : living ? 'run' : 'orphan',
    maker: living && Number(living.owner.split(':')[1]),
    containers,
    createdS: Math.min(...containers.map(({ createdS }) => createdS)),
  }
}
