// Of a lab that is watched: Prometheus reaches every exporter that the topology names.

import { LabError, reason } from '../errors.ts'
import { instant } from '../monitor/api.ts'
import { targets } from '../monitor/targets.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

/** Every exporter was scraped; holds at once where there is no monitor. */
export const exportersScraped: Condition<Lab> = {
  name: 'every exporter to be scraped',
  look: async (lab) => {
    const all = targets(lab.topology)
    if (all.length === 0) return { holds: true, saw: 'no monitor in this topology' }
    // Until it listens, Prometheus answers nobody.
    const up = await instant(lab, 'up == 1').catch((error: unknown) => {
      if (error instanceof LabError) return reason(error)
      throw error
    })
    if (typeof up === 'string') return { holds: false, saw: up }
    const missing = all.filter(
      ({ job, labels }) => !up.some((one) => one.labels.job === job && one.labels.instance === labels.instance),
    )
    const names = missing.slice(0, 6).map(({ job, labels }) => `${job} of ${labels.instance}`)
    const saw = missing.length > 0 ? `missing: ${names.join(', ')}` : `${all.length} exporters`
    return { holds: up.length >= all.length && missing.length === 0, saw }
  },
}
