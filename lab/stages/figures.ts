import type { Measure } from '../events.ts'
import type { Ended, StageName, Stages } from './stage.ts'

/** In the order of the chain. */
export const STAGE_NAMES: readonly StageName[] = [
  'healed',
  'detected',
  'decided',
  'installed',
  'advertised',
  'first packet',
  'unattributed',
]

const known = ({ resolutionNs, lateNs = 0 }: Ended) => Math.max(resolutionNs, lateNs)

/**
 * How long each kind of stage took in all, ns: they add up to the recovery instant. And the detection time, from
 * the fault to the last of what first noticed it. What the ends of a stage are known to is its resolution.
 */
export function stageFigures({ stages, originBoundNs }: Stages): Measure[] {
  const ends = stages.map((stage, i) => {
    const before = stages[i - 1]
    const resolutionNs = (before ? known(before.ended) : originBoundNs) + known(stage.ended)
    return { ...stage, tookNs: stage.toNs - stage.fromNs, resolutionNs }
  })
  const sum = (name: string, of: typeof ends): Measure[] => {
    const total = (values: readonly number[]) => values.reduce((all, each) => all + each, 0)
    const value = total(of.map(({ tookNs }) => tookNs))
    const resolution = total(of.map(({ resolutionNs }) => resolutionNs))
    return of.length > 0 ? [{ name, value, unit: 'ns', resolution }] : []
  }
  const others = ends.findIndex(({ name }) => name !== 'detected')
  return [
    ...sum('detection_time', ends.slice(0, others < 0 ? ends.length : others)),
    ...STAGE_NAMES.flatMap((name) =>
      sum(
        `stage_${name.replace(' ', '_')}`,
        ends.filter((stage) => stage.name === name),
      ),
    ),
  ]
}
