// Conditions on alerts, as Prometheus has evaluated them last.

import { instant } from '../monitor/api.ts'
import { type AlertOf, alertName, firingQuery, firingStillQuery } from '../monitor/firing.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

const condition = (query: string, name: string, holds: (firing: number) => boolean): Condition<Lab> => {
  return {
    name,
    look: async (lab) => {
      const firing = (await instant(lab, query))[0]?.points[0]?.[1]
      if (firing === undefined) return { holds: false, saw: 'Prometheus scrapes nothing' }
      return { holds: holds(firing), saw: `${firing} of its series fire` }
    },
  }
}

/** In two evaluations in a row. Throws ScenarioError for an alert that no rule has. */
export const alertFiring = (of: AlertOf): Condition<Lab> =>
  condition(firingStillQuery(of), `${alertName(of)} to fire`, (n) => n > 0)

/** Throws ScenarioError for an alert that no rule has. */
export const alertClear = (of: AlertOf): Condition<Lab> =>
  condition(firingQuery(of), `${alertName(of)} to clear`, (n) => n === 0)
