// The same by hand: one docker exec for each fault, as scripts do it.

import { execa } from 'execa'
import { connectEngine } from '../../lab/engine/client.ts'
import { labContainers } from '../../lab/engine/labs.ts'
import { LabError } from '../../lab/errors.ts'
import { PATCHBAY } from '../../lab/patchbay/node.ts'
import type { Lab } from '../../lab/types.ts'

/** From the call until ip(8) has done it, ns, of so many carrier losses of a node's first link. */
export async function byHand(lab: Lab, node: string, times: number): Promise<readonly number[]> {
  const containers = await labContainers(await connectEngine())
  const patchbay = containers.find((each) => each.lab === lab.name && each.node === PATCHBAY)
  const [end] = lab.wires.endsOf(node)
  if (!patchbay || !end) throw new LabError(`${lab.name} has no ${PATCHBAY} or no link of ${node}`)
  const set = async (state: 'up' | 'down') => {
    const calledNs = lab.history.now()
    const command = `ip link set ${end.patch} ${state}; echo $EPOCHREALTIME`
    const { stdout } = await execa('docker', ['exec', patchbay.id, 'bash', '-c', command])
    return lab.history.at(BigInt(stdout.replace(/[.,]/, '')) * 1000n) - calledNs
  }
  const took: number[] = []
  for (let i = 0; i < times; i++) {
    took.push(await set('down'))
    await set('up')
  }
  return took
}
