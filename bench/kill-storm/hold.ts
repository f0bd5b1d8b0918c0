// Run by kill-storm: brings a lab up, has one fault in force, and holds both until it is killed.

import { inject } from '../../chaos/index.ts'
import { startLab } from '../../lab/index.ts'
import { send } from '../../traffic/index.ts'
import { background, open } from '../random-faults/lab.ts'
import { faultsOn, IN_FORCE } from './faults.ts'

const [number = '', name = '', seed = ''] = process.argv.slice(2)
const topology = open(name)
const fault = faultsOn(topology, Number(seed))[Number(number)]
if (!fault) throw new Error(`no fault ${number}`)
const lab = await startLab(topology)
// A fault on an idle link would prove nothing.
for (const traffic of background(topology)) await send(lab, traffic)
await inject(lab, fault)
console.log(`${IN_FORCE}${fault.name}`)
setInterval(() => {}, 1000)
