// How a lab ends: evidence, what was left behind, every undo, and the containers last.

import { labContainers } from './engine/labs.ts'
import { reason } from './errors.ts'
import type { Handle } from './handle.ts'
import { howToEnter, keepsFailed } from './keep.ts'
import { residue } from './residue.ts'
import type { Outcome } from './run.ts'
import type { Site } from './site.ts'

/**
 * Takes a lab down, or leaves it standing where it failed and somebody asked for that. Never throws;
 * returns what went wrong. A lab without a handle never came as far as running.
 */
export async function endLab(site: Site, handle: Handle | undefined, outcome: Outcome): Promise<readonly string[]> {
  const { undo, fleet } = site
  const tell = (text: string) => void site.history.record('lab', { kind: 'act', text })
  if (outcome === 'cancelled') {
    // First of all, so that undoing finds nobody to talk to and does not wait.
    await fleet.remove().catch(() => {})
    await undo.unwind()
    return remains(site).then((left) => {
      tell(left.length > 0 ? `stopped with ${left.join('; ')}` : 'stopped, nothing left')
      return left
    })
  }
  if (outcome === 'failed')
    await handle?.lab.keepEvidence().catch((error) => tell(`evidence not kept: ${reason(error)}`))
  const wrong = outcome === 'passed' && handle ? await leftByFaults(handle) : []
  const keep = handle && keepsFailed() && (outcome === 'failed' || wrong.length > 0)
  // What failed in a disposer fails again here, and is told once.
  wrong.push(...new Set([...(handle?.blamed ?? []), ...(await undo.unwind())]))
  const gone = keep ? await attempt('leaving it standing', fleet.leave) : ['']
  if (gone.length === 0) {
    tell(`left standing: ${howToEnter(site.name)}`)
    return wrong
  }
  wrong.push(...gone.filter(Boolean), ...(await attempt('containers', fleet.remove)), ...(await remains(site)))
  tell(wrong.length > 0 ? `ended with ${wrong.join('; ')}` : 'ended, nothing left')
  return wrong
}

const attempt = (name: string, step: () => Promise<void>): Promise<string[]> =>
  step().then(
    () => [],
    (error) => [`${name}: ${reason(error)}`],
  )

/** A failed scenario may have left its faults in force, and is red already. */
async function leftByFaults({ lab, baseline }: Handle): Promise<string[]> {
  const before = baseline()
  const left = before && (await residue(lab, await before).catch(reason))
  return left ? [`left behind by a fault: ${left}`] : []
}

async function remains({ engine, name }: Site): Promise<string[]> {
  const left = (await labContainers(engine)).filter((container) => container.lab === name)
  return left.length > 0 ? [`left behind: ${left.map(({ node }) => node).join(', ')}`] : []
}
