// Faults by name, for people at a terminal. Each heals by itself in a lab that stays: what undoes it waits
// there before it strikes.

import type { BitRate } from '../../lab/bit-rate.ts'
import { ScenarioError } from '../../lab/errors.ts'
import type { Duration } from '../../lab/time.ts'
import type { Topology } from '../../lab/topology/types.ts'
import { block } from '../block.ts'
import type { Fault } from '../fault.ts'
import { impair } from '../impair.ts'
import type { Known } from '../kinds.ts'
import { isolate, linkDown } from '../links.ts'
import { ospfPassive, ospfRemoved } from '../ospf/adjacencies.ts'
import { partition, pathLoss } from '../partition.ts'
import { freezeProcess, killProcess, restartProcess } from '../processes.ts'
import type { Percent } from '../share.ts'
import { silence } from '../silence.ts'
import type { Entry } from './entry.ts'
import { onNodes } from './nodes.ts'
import { onState } from './state.ts'

const node: Entry['wants'] = ['<node>']
const link = ['<node>', '<node or fabric>']
const daemon = ['<node>', '<daemon>']

const impaired =
  (what: 'loss' | 'duplicate' | 'corrupt'): Entry['make'] =>
  ([a = '', b = '', percent = '']) =>
    impair({ between: [a, b], [what]: percent as Percent })

export const catalogue: Readonly<Record<string, Entry>> = {
  isolate: { wants: node, about: 'all its links fall silent, carriers up', make: ([a = '']) => isolate(a) },
  'link-down': { wants: link, about: 'the link loses its carrier', make: ([a = '', b = '']) => linkDown(a, b) },
  'path-loss': {
    wants: ['<node>', '<node>'],
    about: 'two nodes of the fabric reach each other no more',
    make: ([a = '', b = '']) => pathLoss(a, b),
  },
  loss: { wants: [...link, '<percent>'], about: 'a share of the packets is lost', make: impaired('loss') },
  duplicate: {
    wants: [...link, '<percent>'],
    about: 'a share of the packets arrives twice',
    make: impaired('duplicate'),
  },
  corrupt: {
    wants: [...link, '<percent>'],
    about: 'a bit is flipped in a share of the packets',
    make: impaired('corrupt'),
  },
  delay: {
    wants: [...link, '<duration>'],
    about: 'packets arrive so much later, each way',
    make: ([a = '', b = '', delay = '']) => impair({ between: [a, b], delay: delay as Duration }),
  },
  rate: {
    wants: [...link, '<bit rate>'],
    about: 'no more passes than so much, each way; a queue of 100ms, and the rest is dropped',
    make: ([a = '', b = '', rate = '']) => impair({ between: [a, b], rate: rate as BitRate }),
  },
  mtu: {
    wants: [...link, '<bytes>'],
    about: 'packets above so many bytes are lost, and nobody is told',
    make: ([a = '', b = '', bytes = '']) => impair({ between: [a, b], mtu: Number(bytes) }),
  },
  silence: {
    wants: link,
    about: 'the link carries nothing, both carriers up',
    make: ([a = '', b = '']) => silence({ between: [a, b] }),
  },
  deafen: {
    wants: link,
    about: 'the first hears the second no more, and is still heard by it',
    make: ([a = '', b = '']) => silence({ between: [a, b], direction: 'reverse' }),
  },
  partition: {
    wants: ['<node,node,…>', '<node,node,…>'],
    about: 'two sets of nodes of the fabric reach each other no more',
    make: ([a = '', b = '']) => partition([a.split(','), b.split(',')]),
  },
  block: {
    wants: [...link, '<bgp, ospf, bfd, data, geneve, sb or nb>'],
    about: 'the link carries all but these packets; of data: none but those that control',
    make: ([a = '', b = '', what = '']) => block({ between: [a, b], what: what as Known }),
  },
  'ospf-passive': {
    wants: ['<node>', '<neighbour>'],
    about: 'the first says no more hello to the second',
    make: ([a = '', b = '']) => ospfPassive(a, b),
  },
  'ospf-removed': {
    wants: ['<node>', '<neighbour>'],
    about: 'the first takes its interface towards the second out of OSPF',
    make: ([a = '', b = '']) => ospfRemoved(a, b),
  },
  'kill-process': { wants: daemon, about: 'SIGKILL to one daemon', make: ([a = '', b = '']) => killProcess(a, b) },
  'freeze-process': { wants: daemon, about: 'SIGSTOP to one daemon', make: ([a = '', b = '']) => freezeProcess(a, b) },
  'restart-process': {
    wants: daemon,
    about: 'one daemon is ended and started again',
    make: ([a = '', b = '']) => restartProcess(a, b),
  },
  ...onNodes,
  ...onState,
}

/** What cannot wait inside the lab, because it is what is broken. */
const GONE =
  'a dead node cannot be made anew from inside the lab; scenarios kill nodes, and npm run lab:up mends a lab whose node was killed by hand'
const NOT_BY_HAND: Readonly<Record<string, string>> = { kill: GONE, stop: GONE, restart: GONE }

/** The fault of this name on these words, checked. Throws ScenarioError for anything that cannot be. */
export function faultByHand(topology: Topology, name: string, words: readonly string[]): Fault {
  const why = NOT_BY_HAND[name]
  if (why) throw new ScenarioError(`${name}: ${why}`)
  const entry = Object.hasOwn(catalogue, name) ? catalogue[name] : undefined
  if (!entry) throw new ScenarioError(`no fault '${name}'; there are ${Object.keys(catalogue).join(', ')}`)
  if (words.length !== entry.wants.length)
    throw new ScenarioError(
      `${name} wants ${entry.wants.join(' ')}, was given ${words.length > 0 ? words.join(' ') : 'nothing'}`,
    )
  const fault = entry.make(words)
  fault.check({ topology })
  return fault
}
