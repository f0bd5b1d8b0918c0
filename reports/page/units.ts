// Values of metrics in words, by Grafana's names of units.

import { human } from '../../lab/time.ts'
import { rate } from '../../lab/traffic/transfer.ts'

const SIZES = ['', 'k', 'M', 'G'] as const

/** Three digits and a size: '1.25k'. */
function short(value: number): string {
  const at = Math.abs(value) < 1000 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log10(Math.abs(value)) / 3))
  return `${Number((value / 1000 ** at).toPrecision(3))}${SIZES[at]}`
}

/** '1.2 Mbit/s', '250/s', '40ms', '12%' */
export function valueText(value: number, unit: string): string {
  switch (unit) {
    case 'bps':
      return value === 0 ? '0' : rate(value)
    case 'pps':
    case 'ops':
      return `${short(value)}/s`
    case 's':
      return human(value * 1e9)
    case 'percentunit':
      return `${short(100 * value)}%`
    case 'bytes':
      return `${short(value)}B`
    default:
      return short(value)
  }
}
