// Conditions on metrics, as Prometheus tells them now.

import { ScenarioError } from '../errors.ts'
import { instant } from '../monitor/api.ts'
import { seriesName } from '../monitor/series.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

/** Exactly one of the three. */
export type Value = { readonly is?: number; readonly atLeast?: number; readonly atMost?: number }

/** 'at least 3', and whether a value is. Throws ScenarioError for none of the limits, or several. */
export function limitOf({ is, atLeast, atMost }: Value): { says: string; keeps: (value: number) => boolean } {
  const given = [is, atLeast, atMost].filter((each) => each !== undefined).length
  if (given !== 1) throw new ScenarioError(`a value has one limit: is, atLeast or atMost; ${given} were given`)
  if (is !== undefined) return { says: `${is}`, keeps: (value) => value === is }
  if (atLeast !== undefined) return { says: `at least ${atLeast}`, keeps: (value) => value >= atLeast }
  return { says: `at most ${atMost}`, keeps: (value) => value <= (atMost ?? 0) }
}

/**
 * Every series that a query returns has such a value now, by the latest scrape: up to a second old. No series is no
 * value. Throws ScenarioError for a lab without a monitor and for what is no PromQL.
 */
export function metricIs(query: string, value: Value): Condition<Lab> {
  const { says, keeps } = limitOf(value)
  return {
    name: `${query} to be ${says}`,
    look: async (lab) => {
      const series = await instant(lab, query)
      const wrong = series.filter(({ points }) => !points.every(([, each]) => keeps(each)) || points.length === 0)
      const told = (wrong.length > 0 ? wrong : series)
        .slice(0, 3)
        .map(({ labels, points }) => `${seriesName(labels)} is ${points[0]?.[1] ?? 'nothing'}`)
      return { holds: series.length > 0 && wrong.length === 0, saw: told.join(', ') || 'no such series' }
    },
  }
}
