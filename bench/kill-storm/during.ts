// Kills while a fault is in force, each time another one.

import { topologyNamed } from '../../fixtures/index.ts'
import type { Engine } from '../../lab/engine/client.ts'
import { LabError } from '../../lab/errors.ts'
import { random } from '../../lab/random.ts'
import { human } from '../../lab/time.ts'
import { head } from '../table.ts'
import { faultsOn } from './faults.ts'
import { type Kill, killDuring } from './kill.ts'
import { COLUMNS, concludeKills, tellKill } from './told.ts'

/** A fault goes on changing the lab for a while: detection, failover, timers that run out. */
const WITHIN_MS = 3000

export type DuringOptions = { readonly times: number; readonly seed: number; readonly topology: string }

/** Kills whoever holds a lab during `times` faults, all of them before one comes again. */
export async function duringFaults(engine: Engine, { times, seed, topology }: DuringOptions): Promise<boolean> {
  const faults = faultsOn(topologyNamed(topology), seed)
  const draw = random(seed)
  // Not in the catalogue's order: a few kills are to meet faults of all sorts.
  const order = faults.map((_, i) => ({ i, at: draw() })).sort((a, b) => a.at - b.at)
  console.log(
    `seed ${seed}; kill -9 of whoever holds a ${topology}, within ${human(WITHIN_MS * 1e6)} of ${Math.min(times, faults.length)} different faults, ${times} kills\n`,
  )
  console.log(head(COLUMNS))
  const kills: Kill[] = []
  for (let n = 0; n < times; n++) {
    const fault = order[n % order.length]?.i ?? 0
    const kill = await killDuring(engine, { fault, topology, seed }, draw() * WITHIN_MS)
    if (!('atMs' in kill))
      throw new LabError(`it ended before it could be killed, during ${faults[fault]?.name}: ${kill.said}`)
    kills.push(kill)
    tellKill(n + 1, 'holder', kill)
  }
  const clean = kills.filter(({ left }) => left.length === 0).length
  const different = new Set(kills.map(({ was }) => was)).size
  return concludeKills(kills, [`${clean} of ${times} left nothing, during ${different} different faults`], seed)
}
