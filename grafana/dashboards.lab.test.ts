// Dashboards proved: every query of every panel and of every variable, as Grafana would send it, against the Prometheus
// of a lab that runs; once for all tenants and once for each. Data comes back, with the labels that legends name, and
// none of another tenant's. No Grafana runs here: what stands in for it is this, and the schema of its own SDK.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withMonitor } from '../fixtures/index.ts'
import { twoVpcs } from '../fixtures/two-vpcs.ts'
import { catalogue } from '../lab/exporter/catalogue/index.ts'
import { type Condition, type Lab, startLab, until } from '../lab/index.ts'
import { instant, range } from '../lab/monitor/api.ts'
import { SCRAPE_S } from '../lab/monitor/prometheus.ts'
import type { Series } from '../lab/monitor/series.ts'
import { dashboards } from './dashboards/index.ts'
import { followsTenant } from './panel.ts'
import { interpolated, labelValues, metricsIn, nameOf, type Sent, sentBy, unknownMetrics } from './sent.ts'
import { VARIABLES } from './variables.ts'

const FOLDER = join(import.meta.dirname, 'json')
const SENT = readdirSync(FOLDER).flatMap((file) => sentBy(JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))))
/** The shown range: a minute, one value a second. */
const VIEW = { rangeS: 60, stepS: 1, scrapeS: SCRAPE_S }

const panelOf = (sent: Sent) =>
  dashboards
    .find(({ title }) => title === sent.dashboard)
    ?.rows.flatMap(({ panels }) => panels)
    .filter(({ title, queries }) => title === sent.panel && queries.some(({ expr }) => expr === sent.expr))[0]

const vpcs = Object.values(twoVpcs.vpcs)
const tenants = vpcs.map(({ tenant }) => tenant)

async function answers(lab: Lab, sent: Sent, tenant: string | undefined): Promise<readonly Series[]> {
  const vpc = vpcs.filter((each) => each.tenant === tenant).map(({ name }) => name)
  const expr = interpolated(sent.expr, tenant === undefined ? {} : { tenant: [tenant], vpc }, VIEW)
  if (sent.instant) return instant(lab, expr)
  const toNs = lab.history.now()
  return (await range(lab, expr, toNs - 20e9, toNs)).series.filter(({ points }) => points.length > 0)
}

/** What is wrong with an answer, in words; nothing where it is what the panel is for. */
function flaws(sent: Sent, series: readonly Series[], tenant: string | undefined): string[] {
  const panel = panelOf(sent)
  const whose = `${nameOf(sent)} for ${tenant ?? 'all tenants'}`
  if (!panel) return [`${whose}: its JSON is not what its code says`]
  if (series.length === 0) return panel.mayBeEmpty ? [] : [`${whose}: no data from ${sent.expr}`]
  const labels = new Set(series.flatMap((each) => Object.keys(each.labels)))
  const missing = [...sent.legend.matchAll(/\{\{(\w+)\}\}/g)]
    .map(([, label = '']) => label)
    .filter((l) => !labels.has(l))
  const others = vpcs
    .filter((vpc) => tenant !== undefined && vpc.tenant !== tenant)
    .flatMap((vpc) => [vpc.tenant, vpc.name])
  const foreign = series.flatMap((each) => Object.values(each.labels).filter((value) => others.includes(value)))
  return [
    ...(missing.length > 0 ? [`${whose}: no series has the label ${missing.join(', ')}`] : []),
    ...(foreign.length > 0 ? [`${whose}: shows ${foreign[0]}, which is another's`] : []),
  ]
}

/** A rate over four scrapes needs two values of each series. */
const scrapedFor = (count: number): Condition<Lab> => ({
  name: `every exporter to have been scraped ${count} times`,
  look: async (lab) => {
    const [least] = await instant(lab, `min(count_over_time(up[60s])) and min(sum_over_time(up[5s])) >= 4`)
    const seen = least?.points[0]?.[1] ?? 0
    return { holds: seen >= count, saw: `${seen} times` }
  },
})

test('every panel of every dashboard shows each tenant its own, and nobody else’s', {
  timeout: 180_000,
}, async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)
  await lab.run('vpc-a-web-1', 'ping -c 5 -i 0.2 198.51.100.10')
  await lab.run('vpc-b-web-1', 'ping -c 5 -i 0.2 198.51.100.10')
  await until(lab, scrapedFor(8), { within: '30s', every: '500ms' })

  const wrong: string[] = []
  const table: Record<string, string | number>[] = []
  for (const sent of SENT) {
    const panel = panelOf(sent)
    const asked = [undefined, ...(panel && followsTenant(panel) ? tenants : [])]
    const rows: Record<string, string | number> = { panel: nameOf(sent) }
    for (const tenant of asked) {
      const series = await answers(lab, sent, tenant)
      wrong.push(...flaws(sent, series, tenant))
      rows[tenant ?? 'all'] = series.length
    }
    table.push(rows)
  }
  for (const { name, query } of VARIABLES) {
    const { selector, label } = labelValues(interpolated(query, {}, VIEW)) ?? {}
    const found = selector && label ? await instant(lab, `count by (${label}) (${selector})`) : []
    const values = found.map(({ labels }) => labels[label ?? ''] ?? '').sort()
    table.push({ panel: `variable ${name}`, all: values.join(', ') })
    const wanted = {
      tenant: tenants,
      vpc: vpcs.map((vpc) => vpc.name),
      chassis: twoVpcs.chassis.map((each) => each.name),
    }
    expect(values, `values of $${name}`).toEqual(wanted[name as keyof typeof wanted])
  }
  const names = (await instant(lab, 'count by (__name__) ({__name__!=""})')).map(({ labels }) => labels.__name__ ?? '')
  const excused = new Set(SENT.filter((sent) => panelOf(sent)?.mayBeEmpty).flatMap(({ expr }) => metricsIn(expr)))
  wrong.push(...unknownMetrics(SENT, new Set([...names, ...excused])))

  const shown = new Set(SENT.flatMap(({ expr }) => metricsIn(expr)))
  const unshown = [...new Set(catalogue.map(({ name }) => name))].filter((name) => !shown.has(name))
  const lines = table.map((row) => Object.values(row).join('\t'))
  writeFileSync(join(lab.evidence, 'panels.txt'), `${['panel\tall', ...tenants].join('\t')}\n${lines.join('\n')}\n`)
  console.log(`${SENT.length} queries; rows in ${join(lab.evidence, 'panels.txt')}`)
  console.log(`exported and on no dashboard: ${unshown.join(', ')}`)
  expect(wrong).toEqual([])
})
