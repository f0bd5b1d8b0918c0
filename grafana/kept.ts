// What a run keeps of the dashboards: the queries of chosen panels, of all tenants, as Grafana would send them.

import type { Charted } from '../lab/monitor/charts.ts'
import { SCRAPE_S } from '../lab/monitor/prometheus.ts'
import type { Dashboard } from './panel.ts'
import { interpolated } from './sent.ts'

/** A run takes about a minute, and is drawn by the second. */
const VIEW = { rangeS: 60, stepS: SCRAPE_S, scrapeS: SCRAPE_S }

export const kept = (dashboards: readonly Dashboard[]): readonly Charted[] =>
  dashboards
    .flatMap(({ rows }) => rows.flatMap(({ panels }) => panels.filter((panel) => panel.kept)))
    .flatMap(({ title, unit, queries }) =>
      queries.map(({ expr, legend }) => ({ title, unit, legend, query: interpolated(expr, {}, VIEW) })),
    )
