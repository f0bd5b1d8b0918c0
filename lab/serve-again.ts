// A lab is handed from one scenario to the next: what makes it as new, and what proves that it is.

import type { Plant } from './bring-up.ts'
import type { EventBody } from './events.ts'
import { type Handle, newHandle, noteParameters } from './handle.ts'
import { type History, ofKind } from './history.ts'
import { PATCHBAY } from './patchbay/node.ts'
import { restartRing } from './patchbay/ring.ts'
import { awaitReady } from './ready/index.ts'
import { residue, type Snapshot } from './residue.ts'
import type { Known, Shelved } from './shelf.ts'
import type { Site } from './site.ts'
import { nodes } from './topology/nodes.ts'
import type { Lab } from './types.ts'
import { LOGS_BEGAN, noteLogs } from './watch/logs.ts'

/** The rows of the SB and the tunnels as they are, by what was told of them. */
export function knownIn(history: Pick<History, 'events'>): readonly Known[] {
  const known = new Map<string, Known>()
  for (const { source, table, action, row } of ofKind(history, 'ovn')) {
    const body: EventBody = { kind: 'ovn', table, action: 'initial', row }
    if (action === 'delete') known.delete(`${table} ${row._uuid}`)
    else if (action !== 'old') known.set(`${table} ${row._uuid}`, { source, body })
  }
  for (const { source, kind, device, remote, state } of ofKind(history, 'tunnel'))
    known.set(`tunnel ${source} ${device}`, { source, body: { kind, device, remote, state } })
  return [...known.values()]
}

/** Bash text by node: what the scenario before has left in kernels and in files, and what no comparison looks at. */
function renewal(site: Site): readonly (readonly [node: string, command: string])[] {
  return nodes(site.topology).map(({ name, role }) => {
    const forget =
      role === 'gateway' ? 'conntrack -F' : role === 'chassis' ? 'ovs-appctl dpctl/flush-conntrack' : 'true'
    return [name, `${noteLogs(LOGS_BEGAN)}\n${forget} >/dev/null 2>&1`] as const
  })
}

/**
 * Takes over a lab for a new use. Sessions that the last scenario left in conntrack are forgotten, so that
 * flows begin as on a new lab; then it is proved ready as a new one is. Throws LabError where it is not.
 */
export async function takeOver(
  site: Site,
  { plant, known, served }: Shelved,
  end: () => Promise<void>,
): Promise<Handle> {
  const { history, fleet, name, act } = site
  for (const { source, body } of known) history.record(source, body, 0)
  history.record('lab', { kind: 'act', text: `lab ${name} serves again, as scenario ${served + 1} on it` })
  await act('made as new', async () => {
    await fleet.of(PATCHBAY).console.run(restartRing)
    await Promise.all(renewal(site).map(async ([node, command]) => fleet.of(node).console.run(command)))
  })
  const handle = newHandle(site, plant, end)
  await noteParameters(site)
  await act('ready', () => awaitReady(handle.lab))
  return handle
}

/** What keeps a lab from serving again; nothing where it is as it was when it was new. */
export const unfit = (lab: Lab, asNew: Snapshot): Promise<string | undefined> =>
  residue(lab, asNew, 'when the lab was new')

export type Served = { readonly site: Site; readonly plant: Plant; readonly asNew: Snapshot; readonly served: number }

/** A lab as it waits for its next use. */
export const shelved = ({ site, plant, asNew, served }: Served): Shelved => {
  const { name, topology, engine, fleet, relay, lasting } = site
  return {
    ground: { name, topology, engine, fleet, relay, lasting },
    plant,
    asNew,
    known: knownIn(site.history),
    served,
  }
}
