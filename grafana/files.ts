// Everything that `npm run dashboards` writes: dashboards, what provisions them, and rules at an operator's pace.

import { OPERATOR_PACE, ruleFile } from '../lab/monitor/rules.ts'
import { build } from './build.ts'
import { dashboards } from './dashboards/index.ts'
import { kept } from './kept.ts'

/** Where Grafana finds its provisioning (grafana.com, provisioning) in its own image. */
const IN_IMAGE = '/var/lib/grafana/dashboards'

const SOURCES = {
  apiVersion: 1,
  datasources: [
    {
      name: 'Prometheus',
      type: 'prometheus',
      uid: 'prometheus',
      access: 'proxy',
      url: '$PROMETHEUS_URL',
      isDefault: true,
      // What $__rate_interval is made of: four scrapes, at the least.
      jsonData: { timeInterval: '1s', httpMethod: 'POST' },
    },
  ],
}

const PROVIDERS = {
  apiVersion: 1,
  providers: [{ name: 'ovn-gameday', folder: 'ovn-gameday', type: 'file', options: { path: IN_IMAGE } }],
}

/** JSON is YAML, too: what wants a .yaml reads it. */
const text = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** Path below this folder → content. */
export const files = (): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(dashboards.map((each) => [`json/${each.uid}.json`, text(build(each))])),
  'provisioning/datasources/prometheus.yaml': text(SOURCES),
  'provisioning/dashboards/ovn-gameday.yaml': text(PROVIDERS),
  '../lab/monitor/charts.json': text(kept(dashboards)),
  'prometheus/rules.yaml': text(ruleFile(OPERATOR_PACE)),
})
