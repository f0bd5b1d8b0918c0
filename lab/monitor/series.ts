// What Prometheus answered to a query over the whole run, kept as evidence.

import type { History } from '../history.ts'

/** A series of a query's result: its labels, and its values with the instants they are told for. */
export type Series = {
  readonly labels: Readonly<Record<string, string>>
  /** [ns since the history's epoch, value], in order; instants without a value are left out. */
  readonly points: readonly (readonly [atNs: number, value: number])[]
}

/** How it is shown, where it is one of a dashboard. */
export type Chart = {
  /** 'Sent by workloads' */
  readonly title: string
  /** Grafana's name of it: 'bps', 'short'. */
  readonly unit: string
  /** '{{tenant}} {{vpc}}' */
  readonly legend: string
}

export type SeriesEvent = {
  readonly kind: 'series'
  readonly chart?: Chart
  /** PromQL, as it was asked. */
  readonly query: string
  /** What was asked for: from, to, and each so many ns. */
  readonly fromNs: number
  readonly toNs: number
  readonly stepNs: number
  /** It was asked for a stretch that ended then, and tells nothing of what came later. */
  readonly endsWithStretch?: true
  readonly series: readonly Series[]
}

/** The newest instant until then that Prometheus can be asked for: it counts whole ms. */
export function askable({ epoch }: Pick<History, 'epoch'>, ns: number): number {
  const unixNs = BigInt(epoch) + BigInt(Math.floor(ns))
  return Number(unixNs - (unixNs % 1_000_000n) - BigInt(epoch))
}

/** 'frr_bgp_peer_state{instance="nat-gw-a-1",peer="10.0.255.2"}' */
export function seriesName({ __name__: name = '', ...labels }: Readonly<Record<string, string>>): string {
  const told = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
  return told.length > 0 ? `${name}{${told.join(',')}}` : name || 'the value'
}
