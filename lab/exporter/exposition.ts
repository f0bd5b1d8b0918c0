// One scrape as Prometheus reads it. The registry is prom-client's, and its metrics are filled anew by
// each scrape: a port that is gone leaves no series behind.

import { Gauge, type Metric as Known, Registry } from 'prom-client'
import type { Metric } from './catalogue/index.ts'
import { processSamples } from './daemon-samples.ts'
import { filesOf, processOf } from './process.ts'
import { newSamples } from './samples.ts'
import type { Subject } from './subject.ts'

export type Exposition = { readonly contentType: string; readonly text: string }

/** Its own process is told of as those of the daemons are. */
const SELF = 'ovn-gameday-exporter'

/** What is exported of a subject, by these metrics. Who asks while a scrape is under way has that one. */
export function exposition(
  { prefix, systemId, sources, needed, look }: Subject,
  metrics: readonly Metric[],
  version: string,
): () => Promise<Exposition> {
  const byName = new Map(metrics.map((metric) => [metric.name, metric]))
  const registry = new Registry()
  const own = filesOf(process.pid)
  let samples = newSamples(byName)
  let underWay: Promise<Exposition> | undefined
  for (const { name, help, type } of metrics) {
    const metric: Known = new Gauge({ name, help, registers: [] })
    const get = async () => ({ name, help, type, values: samples.of(name), aggregator: 'sum' })
    Object.assign(metric, { get })
    registry.registerMetric(metric)
  }

  const scrape = async (): Promise<Exposition> => {
    const next = newSamples(byName, () => ({ system_id: systemId() }))
    const readings = await look(next)
    for (const { name: source, asked, failed } of sources) {
      const reading = readings.get(source)
      next.add(`${prefix}_requests_total`, asked(), { source })
      next.add(`${prefix}_failed_requests_total`, failed(), { source })
      next.add(`${prefix}_source_up`, reading?.value === undefined ? 0 : 1, { source })
      next.add(`${prefix}_source_duration_seconds`, reading && reading.tookMs / 1000, { source })
    }
    const down = needed.some(({ component }) => readings.get(component)?.value === undefined)
    next.add(`${prefix}_up`, down ? 0 : 1)
    next.add(`${prefix}_exporter_build_info`, 1, { version, nodejs: process.versions.node })
    processSamples(next, prefix, SELF, processOf(process.pid, own))
    samples = next
    return { contentType: registry.contentType, text: await registry.metrics() }
  }

  return () => {
    underWay ??= scrape().finally(() => {
      underWay = undefined
    })
    return underWay
  }
}
