// Columns that line up, for people.

import { human } from '../lab/time.ts'
import type { Spread } from './statistics.ts'

export type Column = {
  readonly title: string
  /** Numbers stand under each other by their last digit. */
  readonly right?: boolean
  /** Least width, for rows that are printed before the next one is known. */
  readonly width?: number
}

const width = (text: string): number => [...text].length
const pad = (text: string, to: number, right = false): string => {
  const space = ' '.repeat(Math.max(0, to - width(text)))
  return right ? space + text : text + space
}

/** One row in columns of these widths. */
export const row = (columns: readonly Column[], cells: readonly string[]): string =>
  columns
    .map(({ right, width: to = 0 }, i) => pad(cells[i] ?? '', to, right))
    .join('  ')
    .trimEnd()

/** The titles and a rule below them. */
export const head = (columns: readonly Column[]): string => {
  const wide = columns.map((column) => ({ ...column, width: Math.max(column.width ?? 0, width(column.title)) }))
  return [
    row(
      wide,
      wide.map(({ title }) => title),
    ),
    row(
      wide,
      wide.map(({ width: to }) => '─'.repeat(to)),
    ),
  ].join('\n')
}

/** A table as text. Every column is as wide as its widest cell. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const fitted = columns.map((column, i) => ({
    ...column,
    width: Math.max(column.width ?? 0, width(column.title), ...rows.map((cells) => width(cells[i] ?? ''))),
  }))
  return [head(fitted), ...rows.map((cells) => row(fitted, cells))].join('\n')
}

/** '7.91s to 9.12s' */
export const range = ({ least, most }: Spread): string => `${human(least)} to ${human(most)}`

/** 0.256 → '26 %' */
export const percent = (share: number | undefined): string =>
  share === undefined ? '?' : `${(share * 100).toFixed(0)} %`
