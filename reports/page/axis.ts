// Round numbers for a time axis.

import type { View } from './bins.ts'

const STEPS_NS = [1, 2, 5, 10, 20, 50, 100, 200, 500].flatMap((step) => [step * 1e3, step * 1e6])
const LONG_NS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600].map((step) => step * 1e9)

export type Tick = { readonly atNs: number; readonly label: string }

const label = (ns: number, step: number, origin: boolean): string => {
  const sign = origin && ns > 0 ? '+' : ns < 0 ? '−' : ''
  const size = Math.abs(ns)
  if (step >= 1e9) return `${sign}${Math.round(size / 1e9)}s`
  if (size >= 1e9) return `${sign}${Number((size / 1e9).toFixed(3))}s`
  if (size === 0) return '0'
  return step >= 1e6 ? `${sign}${Math.round(size / 1e6)}ms` : `${sign}${Math.round(size / 1e3)}us`
}

/** Up to `most` ticks at round times since `originNs`; with an origin they carry a sign. */
export function ticks({ fromNs, toNs }: View, most: number, originNs = 0): Tick[] {
  const steps = [...STEPS_NS, ...LONG_NS].sort((a, b) => a - b)
  const step = steps.find((each) => (toNs - fromNs) / each <= most) ?? (toNs - fromNs) / most
  const all: Tick[] = []
  for (let n = Math.ceil((fromNs - originNs) / step); originNs + n * step <= toNs; n++)
    all.push({ atNs: originNs + n * step, label: label(n * step, step, originNs !== 0) })
  return all
}
