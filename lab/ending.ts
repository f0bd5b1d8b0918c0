// How a lab ends: evidence, what was left behind, every undo, and the containers last.

import { labContainers } from './engine/labs.ts'
import { reason } from './errors.ts'
import type { Handle } from './handle.ts'
import { howToEnter, keepsFailed } from './keep.ts'
import { residue } from './residue.ts'
import type { Outcome } from './run.ts'
import { type Site, unwindAll } from './site.ts'
import type { Lab } from './types.ts'

/** Hands the lab on, or says what keeps it from that. `last`: the last word of the scenario before. */
export type ServeAgain = (lab: Lab, last: () => void) => Promise<string | undefined>

/**
 * What went wrong as a lab ended, in one line. It begins with `invalid: ` where all of it is that the instrument fell
 * short: such a run proved nothing and may be made again (reports/attempts). What a fault left behind may not.
 */
export const uncleanEnd = (name: string, wrong: readonly string[]): string =>
  `${wrong.every((each) => /(^|: )invalid: /.test(each)) ? 'invalid: ' : ''}lab ${name} did not end cleanly: ${wrong.join('; ')}`

/**
 * Takes a lab down, or leaves it standing where it failed and somebody asked for that. Never throws;
 * returns what went wrong. A lab without a handle never came as far as running. One whose scenario passed
 * and left nothing may serve again, where somebody asked for that.
 */
export async function endLab(
  site: Site,
  handle: Handle | undefined,
  outcome: Outcome,
  serveAgain?: ServeAgain,
): Promise<readonly string[]> {
  const { undo, lasting, fleet } = site
  const fromNs = site.history.now()
  const tell = (text: string) =>
    void site.history.record('lab', { kind: 'act', text, tookNs: site.history.now() - fromNs })
  if (outcome === 'cancelled') {
    // First of all, so that undoing finds nobody to talk to and does not wait.
    await fleet.remove().catch(() => {})
    await unwindAll(site)
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
  if (handle && outcome === 'passed' && wrong.length === 0 && serveAgain) {
    const doubt = await serveAgain(handle.lab, () => tell('ended; its lab waits for the next scenario')).catch(reason)
    if (!doubt) return wrong
    tell(`its lab serves no other scenario: ${doubt}`)
  }
  wrong.push(...(await lasting.unwind()))
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
