// What a dashboard's JSON makes Grafana send to Prometheus.

import { VARIABLES } from './variables.ts'

/** One query of one panel. */
export type Sent = {
  readonly dashboard: string
  readonly panel: string
  readonly refId: string
  readonly expr: string
  /** '{{instance}} {{device}}' */
  readonly legend: string
  /** Asked for now, not over the shown range. */
  readonly instant: boolean
}

type Json = {
  readonly title?: string
  readonly panels?: readonly Json[]
  readonly targets?: readonly { refId?: string; expr?: string; legendFormat?: string; instant?: boolean }[]
}

/** Of all panels, those in rows among them. */
export const sentBy = (json: Json, dashboard = json.title ?? ''): Sent[] =>
  (json.panels ?? []).flatMap((panel) => [
    ...(panel.targets ?? []).map(({ refId = '', expr = '', legendFormat = '', instant = false }) => ({
      dashboard,
      panel: panel.title ?? '',
      refId,
      expr,
      legend: legendFormat,
      instant,
    })),
    ...sentBy(panel, dashboard),
  ])

/** 'Tenants overview › Way out A' */
export const nameOf = ({ dashboard, panel, refId }: Sent): string => `${dashboard} › ${panel} ${refId}`

/** What is chosen at the top; what is not named is All. */
export type Chosen = Readonly<Partial<Record<string, readonly string[]>>>

/** As Grafana puts several values of a variable into PromQL: (a|b), each escaped for a regular expression in a string. */
const oneOf = (values: readonly string[]): string => {
  const escaped = values.map((value) => value.replaceAll(/[\\^$*+?.()|[\]{}]/g, '\\\\$&'))
  return escaped.length === 1 ? (escaped[0] ?? '') : `(${escaped.join('|')})`
}

/** Over what Grafana asks, and how often a target is scraped. */
export type View = { readonly rangeS: number; readonly stepS: number; readonly scrapeS: number }

/** $__rate_interval is the step and a scrape more, and four scrapes at least, so that a rate has two samples. */
export function interpolated(text: string, chosen: Chosen, { rangeS, stepS, scrapeS }: View): string {
  const values: Record<string, string> = {
    __rate_interval: `${Math.max(stepS + scrapeS, 4 * scrapeS)}s`,
    __interval: `${stepS}s`,
    __range: `${rangeS}s`,
    ...Object.fromEntries(
      VARIABLES.map(({ name, all }) => [name, chosen[name] === undefined ? all : oneOf(chosen[name])]),
    ),
  }
  return text.replaceAll(/\$(\w+)/g, (whole, name: string) => values[name] ?? whole)
}

/** What comes of `label_values(selector, label)`: the selector and the label. */
export function labelValues(query: string): { readonly selector: string; readonly label: string } | undefined {
  const [, selector, label] = /^label_values\((.+), (\w+)\)$/.exec(query) ?? []
  return selector && label ? { selector, label } : undefined
}

const WORDS = new Set([
  'by',
  'without',
  'on',
  'ignoring',
  'group_left',
  'group_right',
  'bool',
  'and',
  'or',
  'unless',
  'offset',
])

/** The metrics that a query names. */
export function metricsIn(expr: string): readonly string[] {
  const bare = expr
    .replaceAll(/"[^"]*"/g, '')
    .replaceAll(/\{[^}]*\}/g, '')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/\b(by|without|on|ignoring|group_left|group_right) ?\([^)]*\)/g, '')
  const names = bare.matchAll(/(?<![\w.])([a-zA-Z_:][\w:]*)(?![\w:])(?!\s*\()/g)
  return [...new Set([...names].flatMap(([, name = '']) => (WORDS.has(name) ? [] : [name])))]
}

/** 'Tenants overview › Way out A: nobody exports ovn_way_out', for each. */
export const unknownMetrics = (sent: readonly Sent[], known: ReadonlySet<string>): string[] =>
  sent.flatMap((each) =>
    metricsIn(each.expr)
      .filter((name) => !known.has(name))
      .map((name) => `${nameOf(each)}: nobody exports ${name}`),
  )
