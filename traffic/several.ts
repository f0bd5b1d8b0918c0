// Several flows that are sent, waited for and stopped as one.

import type { Lab } from '../lab/types.ts'
import type { Condition } from '../lab/until.ts'
import type { Flow, Traffic } from './traffic.ts'

const allOf = (name: string, conditions: readonly Condition<Lab>[]): Condition<Lab> => ({
  name,
  look: async (lab) => {
    const looks = await Promise.all(conditions.map(async (each) => ({ of: each.name, ...(await each.look(lab)) })))
    const missing = looks.filter(({ holds }) => !holds)
    const saw = missing.length === 0 ? `all ${looks.length} flows` : missing.map((look) => `${look.of}: ${look.saw}`)[0]
    return { holds: missing.length === 0, saw: `${saw}${missing.length > 1 ? ` and ${missing.length - 1} more` : ''}` }
  },
})

/** Starts all flows or none. */
async function startAll(lab: Lab, name: string, parts: readonly Traffic[]): Promise<Flow> {
  const flows: Flow[] = []
  const stopAll = async () => {
    const ends = await Promise.allSettled(flows.toReversed().map((flow) => flow.stop()))
    const failed = ends.find((end) => end.status === 'rejected')
    if (failed) throw failed.reason
  }
  try {
    for (const part of parts) flows.push(await part.start(lab, name))
  } catch (error) {
    await stopAll().catch((failed: unknown) => lab.blame(`stop ${name}`, failed))
    throw error
  }
  return {
    name,
    get answered() {
      const each = flows.map((flow) => flow.answered)
      return allOf(`${name} to be answered`, each)
    },
    get sustained() {
      const each = flows.map((flow) => flow.sustained)
      return allOf(`${name} to be answered without a failure`, each)
    },
    stop: stopAll,
    [Symbol.asyncDispose]: () => stopAll().catch((error: unknown) => lab.blame(`stop ${name}`, error)),
  }
}

/** Traffic of several parts, which may depend on the topology; refused where any of them is. */
export const several = (name: string, partsIn: (topology: Lab['topology']) => readonly Traffic[]): Traffic => ({
  name,
  check: (lab) => {
    for (const part of partsIn(lab.topology)) part.check(lab)
  },
  start: (lab, of) => startAll(lab, of ?? name, partsIn(lab.topology)),
})
