// Which alerts fire, asked so that Prometheus's silence is not taken for an alert's.

import { ScenarioError } from '../errors.ts'
import { alternatives } from '../topology/alternatives.ts'
import { alerts } from './rules.ts'

/** An alert, and of its series those with these labels: `{ instance: 'nat-gw-a-1' }`. */
export type AlertOf = { readonly alert: string; readonly of?: Readonly<Record<string, string>> }

/** 'GatewayDown of nat-gw-a-1' */
export const alertName = ({ alert, of = {} }: AlertOf): string =>
  Object.keys(of).length > 0 ? `${alert} of ${Object.values(of).join(', ')}` : alert

/** Throws ScenarioError for an alert that no rule has. */
function selected({ alert, of = {} }: AlertOf): string {
  const names = alerts.map(({ name }) => name)
  if (!names.includes(alert)) throw new ScenarioError(`no alert '${alert}'; there are ${alternatives(alert, names)}`)
  const labels = Object.entries({ alertname: alert, alertstate: 'firing', ...of })
  return `ALERTS{${labels.map(([label, value]) => `${label}="${value}"`).join(',')}}`
}

/**
 * PromQL: how many series of the alert fire; 0 while Prometheus scrapes and none does; no value while it does not scrape.
 * Throws ScenarioError for an alert that no rule has.
 */
export const firingQuery = (of: AlertOf): string => `count(${selected(of)}) or 0 * count(up)`

/** The same of those that fired in two evaluations: for a second, so that nobody misses it who asks for each second. */
export const firingStillQuery = (of: AlertOf): string =>
  `count(count_over_time(${selected(of)}[3s]) >= 2) or 0 * count(up)`
