// What dashboards show of a run, kept with it: for whoever has no Grafana, or looks after the lab is gone.

import { reason } from '../errors.ts'
import type { Lab } from '../types.ts'
import { range } from './api.ts'
import charts from './charts.json' with { type: 'json' }
import { SCRAPE_S } from './prometheus.ts'
import type { Chart } from './series.ts'

/** A chart, and the PromQL that gives it. */
export type Charted = Chart & { readonly query: string }

/**
 * Has Prometheus tell of the run so far what the chosen panels of the dashboards show, into the history; charts.json is
 * written by `npm run dashboards`. Nothing without a monitor. One that is dead, or does not answer, is told of: charts
 * are evidence, and no claim.
 */
export async function keepCharts(lab: Pick<Lab, 'topology' | 'history' | 'try' | 'alive'>): Promise<void> {
  const { topology, history } = lab
  const node = topology.monitor?.name
  if (node === undefined) return
  const toNs = history.now()
  const fromNs = toNs % (SCRAPE_S * 1e9)
  try {
    if (!lab.alive(node)) throw new Error(`${node} does not run`)
    for (const { query, ...chart } of charts as readonly Charted[])
      history.record('monitor', { ...(await range(lab, query, fromNs, toNs)), chart })
  } catch (error) {
    history.record('lab', { kind: 'act', text: `charts not kept: ${reason(error)}` })
  }
}
