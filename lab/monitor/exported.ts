// What exporters say, as Prometheus reads it (its text format 0.0.4).

import type { Bracket } from '../events.ts'

export type Exported = {
  /** 'ovs_interface_rx_packets_total' */
  readonly metric: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** An exporter was asked by the harness itself: what it counted at some instant within the bracket. */
export type ExportedEvent = {
  readonly kind: 'exported'
  /** 'scrape 1': all exporters that were asked together. */
  readonly scrape: string
  /** The exporter's. */
  readonly node: string
  readonly bracket: Bracket
  readonly samples: readonly Exported[]
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', '"': '"', '\\': '\\' }

/** The samples of some metrics in an answer. Lines that are none are left out. */
export const samplesIn = (text: string): Exported[] =>
  [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, metric = '', labels = '', value]) => ({
    metric,
    labels: Object.fromEntries(
      [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name = '', quoted = '']) => [
        name,
        quoted.replaceAll(/\\(.)/g, (_, char: string) => ESCAPED[char] ?? char),
      ]),
    ),
    value: Number(value),
  }))
