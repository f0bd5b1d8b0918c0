// Many random faults on one lab, one after the other: after each the lab is in its steady state again, and
// nothing of the fault is left.

import { parseArgs } from 'node:util'
import { draw, kindsOn } from '../../chaos/catalogue/index.ts'
import { startLab } from '../../lab/index.ts'
import { steadySnapshot } from '../../lab/residue.ts'
import { human } from '../../lab/time.ts'
import { send } from '../../traffic/index.ts'
import { type Bench, conclude, count } from '../bench.ts'
import { noise } from '../machine.ts'
import { background, open } from './lab.ts'
import { type Once, once } from './once.ts'
import { byKind } from './told.ts'

/** Some faults are over before anybody has noticed, others after all have: BFD takes 0.3 s, BGP's hold time 3 s. */
const HOLD_S = { least: 0.2, most: 4 }

export const bench: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { faults: { type: 'string', default: '300' }, topology: { type: 'string', default: 'two-vpcs' } },
  })
  const faults = count('--faults', values.faults)
  const topology = open(values.topology)
  const { load } = await noise()

  await using lab = await startLab(topology)
  console.log(`${faults} faults on ${topology.name}, seed ${lab.seed}, load ${load.toFixed(1)} before\n`)
  for (const traffic of background(topology)) await send(lab, traffic)
  const before = await steadySnapshot(lab)
  const chance = lab.random('random faults')
  const kinds = kindsOn(topology)
  const all: Once[] = []
  for (let i = 1; i <= faults; i++) {
    const drawn = draw(kinds, chance)
    const holdNs = (HOLD_S.least + chance() * (HOLD_S.most - HOLD_S.least)) * 1e9
    const result = await once(lab, drawn, holdNs, before)
    all.push(result)
    const told = result.wrong ? `WRONG ${result.wrong}` : `steady after ${human(result.steadyNs ?? 0)}`
    console.log(`${String(i).padStart(4)}  ${drawn.fault.name} for ${human(holdNs)}: ${told}`)
    if (!result.sound) break
  }
  console.log(`\n${byKind(all)}`)
  const wrong = all.filter((each) => each.wrong !== undefined)
  const met = wrong.length === 0 && all.length === faults
  const said = met
    ? `all ${faults}, seed ${lab.seed}`
    : `${wrong.length} wrong of ${all.length}; SEED=${lab.seed} npm run bench -- random-faults --faults ${all.length} --topology ${values.topology} repeats it; evidence in ${lab.evidence}`
  return conclude(met, `steady state back and nothing left after each of ${faults} random faults`, said)
}
