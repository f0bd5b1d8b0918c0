// What one scrape found, held against the catalogue: nothing is exported that it does not say.

import type { Metric } from './catalogue/index.ts'

export type Labels = Readonly<Record<string, string>>
export type Sample = {
  /** Of one object for all metrics that have them: it is written out once (prom-client, sharedLabels). */
  readonly sharedLabels: Labels
  readonly labels: Labels
  readonly value: number
}

export type Samples = {
  /** One value of a metric; nothing where it is not known. `more` are labels of this one alone. Throws for what the catalogue does not have. */
  readonly add: (name: string, value: number | undefined, labels?: Labels, more?: Labels) => void
  readonly of: (name: string) => readonly Sample[]
}

const NONE: Labels = {}

/** `whose` are the labels that every series has besides its own; asked for once there is something to say. */
export function newSamples(metrics: ReadonlyMap<string, Metric>, whose: () => Labels = () => NONE): Samples {
  const found = new Map<string, Sample[]>()
  let base: Labels | undefined
  return {
    add: (name, value, sharedLabels = NONE, more) => {
      if (value === undefined || Number.isNaN(value)) return
      base ??= whose()
      const labels = more ? { ...more, ...base } : base
      const all = found.get(name)
      if (all) return void all.push({ sharedLabels, labels, value })
      // All samples of a metric are made in one place, so that the first one speaks for them.
      const metric = metrics.get(name)
      if (!metric) throw new Error(`no metric ${name} in the catalogue`)
      for (const label of Object.keys({ ...sharedLabels, ...more }))
        if (!metric.labels.includes(label)) throw new Error(`${name} has no label ${label}`)
      found.set(name, [{ sharedLabels, labels, value }])
    },
    of: (name) => found.get(name) ?? [],
  }
}
