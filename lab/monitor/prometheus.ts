// Prometheus of the lab: what it scrapes and how often, as the configuration file that it reads.

import type { Topology } from '../topology/types.ts'
import { targets } from './targets.ts'

/** From one scrape of a target to its next: the resolution of everything that is read from metrics. */
export const SCRAPE_S = 1

/**
 * A sample counts for so long when no newer one came. Prometheus's default of five minutes would show a dead node's
 * last values until the scenario is over; one missed scrape on a busy machine must not be a gap.
 */
export const LOOKBACK_S = 3

/** Where it keeps its series, in the monitor. */
export const STORE = '/var/lib/prometheus/metrics2'

/** prometheus.yml: YAML has JSON in it. */
export function prometheusConfig(topology: Topology, rules: readonly string[]): string {
  const jobs = Map.groupBy(targets(topology), ({ job }) => job)
  return JSON.stringify(
    {
      global: { scrape_interval: `${SCRAPE_S}s`, scrape_timeout: `${SCRAPE_S}s`, evaluation_interval: `${SCRAPE_S}s` },
      rule_files: rules,
      scrape_configs: [...jobs].map(([job, those]) => ({
        job_name: job,
        // An exporter that knows tenants says so in its own labels, and they count.
        honor_labels: true,
        static_configs: those.map(({ address, labels }) => ({ targets: [address], labels })),
      })),
    },
    null,
    1,
  )
}
