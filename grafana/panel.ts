// A dashboard as data: what an operator wants to know, the question to Prometheus that tells it, and its unit.

/** Grafana's names of units. */
export type Unit = 'short' | 'pps' | 'bps' | 'Bps' | 'bytes' | 's' | 'percentunit' | 'ops' | 'dateTimeAsIso'

export type Query = {
  /** PromQL; $tenant, $vpc and $chassis stand for what is chosen, $__rate_interval for a window that fits the zoom. */
  readonly expr: string
  /** '{{instance}} {{device}}' */
  readonly legend: string
}

/** From this value on it is drawn in that colour; below the first in green. */
export type Threshold = readonly [from: number, colour: 'green' | 'yellow' | 'orange' | 'red']

export type Panel = {
  readonly title: string
  /** What it shows, what good looks like, and what to look at where it does not. */
  readonly description: string
  readonly unit: Unit
  readonly kind?: 'lines' | 'number' | 'table' | 'states'
  readonly queries: readonly Query[]
  readonly thresholds: readonly Threshold[]
  /** Names of values, '1' for 'up'. */
  readonly names?: Readonly<Record<string, readonly [text: string, colour: string]>>
  /** Of 24. */
  readonly width?: number
  /** Every run on a monitored lab keeps it, and draws it in its page. */
  readonly kept?: true
  /** Why there may be nothing to show on a lab where all is well; without it, no data is a broken panel. */
  readonly mayBeEmpty?: string
}

export type Row = { readonly title: string; readonly panels: readonly Panel[] }

export type Dashboard = {
  /** Of its address in Grafana, and of its file. */
  readonly uid: string
  readonly title: string
  readonly description: string
  readonly rows: readonly Row[]
}

/** No value of it is bad in itself. */
export const ANY: readonly Threshold[] = [[0, 'green']]
/** Anything above nothing deserves a look. */
export const NONE_IS_GOOD: readonly Threshold[] = [
  [0, 'green'],
  [1, 'red'],
]
/** Shares of something that runs out. */
export const FILLS_UP: readonly Threshold[] = [
  [0, 'green'],
  [0.6, 'yellow'],
  [0.8, 'red'],
]
/** 1 is well, 0 is not. */
export const UP: readonly Threshold[] = [
  [0, 'red'],
  [1, 'green'],
]
export const UP_NAMES: NonNullable<Panel['names']> = { '0': ['down', 'red'], '1': ['up', 'green'] }

export const q = (expr: string, legend: string): Query => ({ expr, legend })

/** Whether a panel follows the choice of a tenant. */
export const followsTenant = ({ queries }: Panel): boolean => queries.some(({ expr }) => expr.includes('$tenant'))
