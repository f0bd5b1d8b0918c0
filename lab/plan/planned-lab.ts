// A lab of which nothing is there: what would be done to it is noted, and what it would say is not known.

import { Aborted, LabError } from '../errors.ts'
import { newHistory } from '../history.ts'
import { planNodes } from '../nodes/index.ts'
import { chanceOf, seedOf } from '../random.ts'
import { checkTopology } from '../topology/check.ts'
import { links } from '../topology/links.ts'
import { nodeNamed } from '../topology/nodes.ts'
import type { Topology } from '../topology/types.ts'
import type { Lab } from '../types.ts'
import { newUndoStack } from '../undo.ts'
import type { Plan } from './plan.ts'

const unknown = (what: string): never => {
  throw new LabError(`cannot be planned any further: ${what} is not known before the lab runs`)
}

/** Needs no engine, and starts nothing. Throws ScenarioError for a broken topology. */
export function plannedLab(topology: Topology, plan: Plan): Lab {
  checkTopology(topology)
  const nodes = planNodes(topology)
  plan.note({ does: 'start', topology: topology.name, nodes: nodes.size, links: links(topology).length })
  const seed = seedOf()
  const history = { ...newHistory(), plan }
  const stop = new AbortController()
  const run: Lab['run'] = async (node, command) => {
    nodeNamed(topology, node)
    plan.note({ does: 'run', node, command })
    return { out: '', exit: 0, bracket: { fromNs: history.now(), toNs: history.now() } }
  }
  return {
    name: topology.name,
    topology,
    history,
    signal: stop.signal,
    abort: (why) => stop.abort(new Aborted(`aborted: ${why}`)),
    seed,
    random: chanceOf(seed),
    run,
    try: run,
    daemons: (node) => nodes.get(node)?.daemons ?? [],
    alive: () => true,
    defer: newUndoStack().defer,
    noteBaseline: async () => {},
    blame: () => {},
    keepEvidence: async () => {},
    [Symbol.asyncDispose]: async () => {},
    tap: async () => unknown('what the taps see'),
    kill: async () => unknown('what becomes of a killed node'),
    revive: async () => unknown('what becomes of a killed node'),
    get wires() {
      return unknown('what the wires carry')
    },
    get southbound() {
      return unknown('what the SB says')
    },
    get evidence() {
      return unknown('where evidence goes')
    },
  }
}
