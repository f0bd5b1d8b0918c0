// What daemons answer to coverage/show, memory/show, stopwatch/show and inc-engine/show-stats.

export type Coverage = {
  readonly event: string
  /** A second, over the last 5 s, minute and hour. */
  readonly rates: readonly [number, number, number]
  readonly total: number
}

/** 'xlate_actions   115.0/sec   9.583/sec   0.1597/sec   total: 953' */
export const coverage = (text: string): Coverage[] =>
  [...text.matchAll(/^(\w+)\s+([\d.]+)\/sec\s+([\d.]+)\/sec\s+([\d.]+)\/sec\s+total: (\d+)$/gm)].map(
    ([, event = '', a, b, c, total]) => ({ event, rates: [Number(a), Number(b), Number(c)], total: Number(total) }),
  )

/** 'ports:14 rules:3248 udpif keys:168': a facility's name may have blanks. */
export const memory = (text: string): [facility: string, usage: number][] =>
  [...text.matchAll(/([^\s:][^:]*?):(\d+)(?:\s|$)/g)].map(([, facility = '', usage]) => [facility, Number(usage)])

export type Stopwatch = {
  readonly name: string
  readonly samples: number
  /** s */
  readonly max: number
  readonly min: number
  readonly p95: number
  readonly shortAverage: number
  readonly longAverage: number
}

const SECONDS: Readonly<Record<string, number>> = { nsec: 1e-9, usec: 1e-6, msec: 1e-3 }

export function stopwatches(text: string): Stopwatch[] {
  return text
    .split("Statistics for '")
    .slice(1)
    .map((part) => {
      const at = (words: string) => {
        const [, value, unit = 'msec'] = new RegExp(`${words}: ([\\d.]+) (\\w+)`).exec(part) ?? []
        return Number(value) * (SECONDS[unit] ?? Number.NaN)
      }
      return {
        name: part.slice(0, part.indexOf("'")),
        samples: Number(/Total samples: (\d+)/.exec(part)?.[1]),
        max: at('Maximum'),
        min: at('Minimum'),
        p95: at('95th percentile'),
        shortAverage: at('Short term average'),
        longAverage: at('Long term average'),
      }
    })
}

export type Engine = {
  readonly node: string
  readonly recompute: number
  readonly compute: number
  readonly cancel: number
}

export const engines = (text: string): Engine[] =>
  [...text.matchAll(/^Node: (\S+)\n- recompute:\s+(\d+)\n- compute:\s+(\d+)\n- cancel:\s+(\d+)/gm)].map(
    ([, node = '', recompute, compute, cancel]) => ({
      node,
      recompute: Number(recompute),
      compute: Number(compute),
      cancel: Number(cancel),
    }),
  )
