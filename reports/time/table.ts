// Where the time of a whole test run went, as text: slowest first.

import { human } from '../../lab/time.ts'
import { SPENT, type Spent } from './spent.ts'

/** One test on a lab. */
export type Timed = {
  /** 'nat-failover' */
  readonly name: string
  readonly tookNs: number
  /** Of its lab, where the test had one. */
  readonly spent?: Spent
}

export type Whole = {
  readonly tests: readonly Timed[]
  /** From the start of the run to its end. */
  readonly tookNs: number
  /** Until the first test on a lab began: unit tests, and starting. */
  readonly beforeNs: number
}

const TITLES: Readonly<Record<keyof Spent, string>> = {
  bringUp: 'bring-up',
  waiting: 'waiting',
  faults: 'faults',
  measuring: 'measuring',
  ending: 'ending',
}
const ORDER = ['bringUp', 'waiting', 'faults', 'measuring', 'ending'] as const satisfies readonly (keyof Spent)[]

const WIDTH = 11
const cell = (text: string) => text.padStart(WIDTH)
const line = (name: string, took: string, parts: readonly string[]) =>
  `  ${name.padEnd(44)}${cell(took)} ${parts.map(cell).join('')}`.trimEnd()

/** Nothing where no test had a lab. */
export function timeTable({ tests, tookNs, beforeNs }: Whole): string {
  if (tests.length === 0) return ''
  const slowest = [...tests].sort((a, b) => b.tookNs - a.tookNs)
  const total = (part: keyof Spent) => tests.reduce((ns, { spent }) => ns + (spent?.[part] ?? 0), 0)
  const onLabs = tests.reduce((ns, each) => ns + each.tookNs, 0)
  const parts = (spent: Spent | undefined) => ORDER.map((part) => (spent ? human(spent[part]) : ''))
  return [
    '',
    line(
      'where the time went',
      'in all',
      ORDER.map((part) => TITLES[part]),
    ),
    ...slowest.map(({ name, tookNs: took, spent }) => line(name, human(took), parts(spent))),
    line(
      `${tests.length} tests on labs`,
      human(onLabs),
      ORDER.map((part) => human(total(part))),
    ),
    line('unit tests, and starting', human(beforeNs), []),
    line('between tests, and reports', human(Math.max(0, tookNs - beforeNs - onLabs)), []),
    line('all of it', human(tookNs), []),
    '',
  ].join('\n')
}

/** Every part of a run is in `spent`, and nothing else. */
export const whole = (spent: Spent): number => SPENT.reduce((ns, part) => ns + spent[part], 0)
