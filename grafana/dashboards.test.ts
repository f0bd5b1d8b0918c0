// Dashboards and rules are what their code says, and ask for nothing that is not there.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { catalogue } from '../lab/exporter/catalogue/index.ts'
import { OWN_SERIES } from '../lab/monitor/own-series.ts'
import { alerts, LAB_PACE, OPERATOR_PACE, recordings, ruleFile } from '../lab/monitor/rules.ts'
import { build } from './build.ts'
import { dashboards } from './dashboards/index.ts'
import { files } from './files.ts'
import type { Panel } from './panel.ts'
import { interpolated, metricsIn, sentBy, unknownMetrics } from './sent.ts'

const panels = dashboards.flatMap(({ title, rows }) =>
  rows.flatMap((row) => row.panels.map((panel) => [`${title} › ${panel.title}`, panel] as const)),
)
const sent = dashboards.flatMap((each) => sentBy(JSON.parse(JSON.stringify(build(each)))))

/** Of our own exporters and of Prometheus every metric is known; the others' are looked for on a live lab. */
const OURS = /^(ovs|ovn|gameday)_/
const known = new Set([...catalogue.map(({ name }) => name), ...Object.keys(OWN_SERIES)])

test.each(Object.entries(files()))('%s is what its code says; if not: npm run dashboards', (path, content) => {
  expect(readFileSync(join(import.meta.dirname, path), 'utf8')).toBe(content)
})

test.each(panels)('%s says what it shows, in which unit, and what is bad', (_, panel: Panel) => {
  expect(panel.description).toMatch(/^\S.{10,}\.$/)
  expect(panel.thresholds.length).toBeGreaterThan(0)
  expect(panel.queries.length).toBeGreaterThan(0)
  expect(panel.unit).not.toBe('')
})

test('panels of a dashboard have names of their own', () => {
  for (const { title, rows } of dashboards) {
    const names = rows.flatMap((row) => row.panels.map((panel) => `${row.title} ${panel.title}`))
    expect(
      names.filter((name, at) => names.indexOf(name) !== at),
      title,
    ).toEqual([])
  }
})

test('no panel and no alert names a metric that our exporters do not export', () => {
  const ours = sent.map((each) => ({ ...each, names: metricsIn(each.expr).filter((name) => OURS.test(name)) }))
  expect(ours.flatMap(({ names }) => names).length).toBeGreaterThan(50)
  expect(
    unknownMetrics(
      ours.map((each) => ({ ...each, expr: each.names.join(' + ') })),
      known,
    ),
  ).toEqual([])
  const asked = [...alerts, ...recordings].flatMap(({ expr }) => metricsIn(expr)).filter((name) => OURS.test(name))
  expect(asked.filter((name) => !known.has(name))).toEqual([])
})

test('a metric that was renamed is told by the panel that asks for it', () => {
  const renamed = sent.map((each) => ({
    ...each,
    expr: each.expr.replaceAll('ovs_ct_connections_limit', 'ovs_ct_most'),
  }))
  const told = unknownMetrics(renamed, new Set(sent.flatMap(({ expr }) => metricsIn(expr))))
  expect(told).toEqual(['Data plane: bridges › Connections tracked A: nobody exports ovs_ct_most'])
})

test.each([
  ['sum by (a, b) (rate(x_total{job="node",c=~"$tenant"}[$__rate_interval])) * 8', ['x_total']],
  ['1 - avg by (i) (rate(a{m="idle"}[1m])) / b > bool 2', ['a', 'b']],
  ['topk(10, a_p95_seconds{x=~".*"})', ['a_p95_seconds']],
  ['scalar(max(a)) - b{c="d"}', ['a', 'b']],
])('%s names its metrics', (expr, names) => {
  expect(metricsIn(expr)).toEqual(names)
})

test('choices are put in as Grafana does', () => {
  const expr = 'rate(x{tenant=~"$tenant",vpc=~"$vpc"}[$__rate_interval])'
  const view = { rangeS: 900, stepS: 15, scrapeS: 1 }
  expect(interpolated(expr, { tenant: ['tenant-1'] }, view)).toBe('rate(x{tenant=~"tenant-1",vpc=~".*"}[16s])')
  expect(interpolated('{a=~"$vpc"}', { vpc: ['a.b', 'c'] }, view)).toBe('{a=~"(a\\\\.b|c)"}')
  expect(interpolated('x[$__rate_interval] y[$__range]', {}, { ...view, stepS: 1 })).toBe('x[4s] y[900s]')
})

test('the lab pages after two scrapes, an operator after as many of theirs', () => {
  const [, lab] = ruleFile(LAB_PACE).groups
  const [, operator] = ruleFile(OPERATOR_PACE).groups
  const of = (group: typeof lab, name: string) => group?.rules.find((rule) => 'alert' in rule && rule.alert === name)
  expect(of(lab, 'GatewayDown')).toMatchObject({ for: '2s' })
  expect(of(operator, 'GatewayDown')).toMatchObject({ for: '30s' })
  expect(of(operator, 'BfdFlapping')).toMatchObject({ for: '0s', expr: expect.stringContaining('[300s]') })
})
