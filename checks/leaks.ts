// Whether daemons give back what a fault made them take: memory, files, rules.

import { type Series, seriesName } from '../lab/monitor/series.ts'
import { answerTo, type MetricCheck, windowOf } from './metric.ts'
import type { Named, Part } from './verdict.ts'
import { together } from './verdict.ts'

/** The exporter's own process is left out: its memory is that of a collector of garbage, and goes up and down by itself. */
const QUERY =
  '{__name__=~"ov[sn]_process_(open_fds|resident_memory_bytes)|ovs_bridge_flow_count",component!="ovn-gameday-exporter"}'

const MIB = 2 ** 20

type Figure = { readonly what: string; readonly atMost: (before: number) => number; readonly unit: number }

/**
 * What is no leak: connections that are under way when somebody counts, four; memory that an allocator keeps for the next
 * time, a quarter and 8 MiB; rules for neighbours that were learned meanwhile, one in a hundred.
 */
function figureOf(name: string): Figure {
  if (name.endsWith('_open_fds')) return { what: 'files', atMost: (before) => before + 4, unit: 1 }
  if (name.endsWith('_bytes')) return { what: 'MiB', atMost: (before) => 1.25 * before + 8 * MIB, unit: MIB }
  return { what: 'rules', atMost: (before) => 1.01 * before, unit: 1 }
}

type Grown = { readonly series: Series; readonly before: number; readonly last: number }

const shown = ({ series, before, last }: Grown): string => {
  const { what, unit } = figureOf(series.labels.__name__ ?? '')
  const figure = (value: number) => Number((value / unit).toFixed(1))
  return `${seriesName(series.labels)} ${figure(before)} to ${figure(last)} ${what}`
}

/** Of a daemon that started late, or has not come back, there is nothing to compare. */
function grownIn(all: readonly Series[], from: number, to: number): readonly Grown[] {
  return all.flatMap((series) => {
    const before = series.points.findLast(([atNs]) => atNs < from)?.[1]
    const last = series.points.findLast(([atNs]) => atNs >= to)?.[1]
    return before === undefined || last === undefined ? [] : [{ series, before, last }]
  })
}

/**
 * What every daemon of Open vSwitch and OVN holds at the end of the run is no more than it held when the fault struck, but
 * for what is no leak. Known to a scrape, 1 s.
 */
export function nothingLeaked({ after }: { readonly after: Named }): MetricCheck {
  const claim = `no memory, file or rule is kept after ${after.name}`
  return {
    claim,
    asks: QUERY,
    judge: (history) => {
      const answer = answerTo(history, QUERY)
      if (typeof answer === 'string') return { is: 'undecided', because: `${claim}: ${answer}` }
      const [before, since] = [windowOf(history, { before: after }, 0), windowOf(history, { after }, 0)]
      if (typeof before === 'string') return { is: 'undecided', because: `${claim}: ${before}` }
      if (typeof since === 'string') return { is: 'undecided', because: `${claim}: ${since}` }
      const all = grownIn(answer.series, before.toNs, since.fromNs)
      const leaks = all.filter(
        ({ series, before: had, last }) => last > figureOf(series.labels.__name__ ?? '').atMost(had),
      )
      const parts: readonly Part[] =
        leaks.length > 0
          ? leaks.map((each) => ({ is: 'broken', text: shown(each) }))
          : all.length > 0
            ? [{ is: 'upheld', text: `${all.length} figures are as before` }]
            : []
      return together({ claim, parts })
    },
  }
}
