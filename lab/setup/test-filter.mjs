// Which test files a filter means, known before vitest starts: its own answer to a mistyped path is ten
// lines about globs.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const skipped = new Set(['node_modules', '.git', 'out'])

/**
 * The paths of all test files below a folder, relative to it.
 * @param {string} root
 * @returns {string[]}
 */
export function filesIn(root, folder = '') {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesIn(root, path)
    return entry.name.endsWith('.test.ts') ? [path] : []
  })
}

/** @param {readonly string[]} args */
function filtersOf(args) {
  const bare = args.findIndex((arg) => arg.startsWith('-') && !arg.includes('='))
  return (bare < 0 ? args : args.slice(0, bare)).filter((arg) => !arg.startsWith('-'))
}

/** @param {string} filter */
const meant = (filter) => filter.replace(/^\.\//, '').replace(/:\d+$/, '')

/**
 * The files that the filters select: all, where there is none.
 * @param {readonly string[]} args
 * @param {readonly string[]} files
 */
export function selected(args, files) {
  const filters = filtersOf(args).map(meant)
  return filters.length === 0 ? [...files] : files.filter((file) => filters.some((filter) => file.includes(filter)))
}

/**
 * Whether these arguments want every variant that there is: they say so, or name a file or a test.
 * @param {readonly string[]} args
 */
export const everything = (args) =>
  args.includes('--nightly') ||
  filtersOf(args).length > 0 ||
  args.some((arg) => /^(-t|--testNamePattern)(=|$)/.test(arg))

/**
 * One line about the first filter that selects no file, if there is one. Filters are what comes before
 * the first option that may take a value; vitest selects the files whose path contains one of them.
 * @param {readonly string[]} args
 * @param {readonly string[]} files
 * @returns {string | undefined}
 */
export function unmatched(args, files) {
  const stray = filtersOf(args).find((filter) => !files.some((file) => file.includes(meant(filter))))
  if (stray === undefined) return undefined
  const scenarios = files.filter((file) => file.startsWith('scenarios/')).map((file) => file.replace(/\.test\.ts$/, ''))
  const there = scenarios.length > 0 ? `there are: ${scenarios.sort().join(', ')}` : 'there are none yet'
  return `no scenario matches '${stray}'; ${there}`
}
