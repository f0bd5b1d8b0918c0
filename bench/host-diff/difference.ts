import { diff } from 'node:util'
import type { Snapshot } from './snapshot.ts'
import type { Section } from './volatile.ts'

/** What differs, section by section, `-` what was there and `+` what is there now; nothing: []. */
export function difference(before: Snapshot, after: Snapshot): string[] {
  const sections: Section[] = [...new Set([...before.keys(), ...after.keys()])]
  return sections.flatMap((section) => {
    const was = before.get(section) ?? []
    const is = after.get(section) ?? []
    if (was.length + is.length === 0) return [] // diff() throws for two empty lists
    const changes = diff(is, was).filter(([sign]) => sign !== 0)
    return changes.map(([sign, line]) => `${sign > 0 ? '+' : '-'} ${section}: ${line}`)
  })
}

/** Settings that an interface brings along are told by their number, or they would hide all else. */
const OF_INTERFACE = /^([+-] sysctls): net\.ipv[46]\.(?:conf|neigh)\.(\S+)\.[^.]+ = /
const MANY = 10

/** The same lines, shorter. */
export function folded(lines: readonly string[]): string[] {
  const groups = Map.groupBy(lines, (line) => OF_INTERFACE.exec(line)?.slice(1).join(': all settings of ') ?? line)
  return [...groups].flatMap(([title, all]) => (all.length > MANY ? [`${title} (${all.length})`] : all))
}

/** '5 links, 21 routes, 37 nft rules, 1338 sysctls' */
export const extent = (snapshot: Snapshot): string =>
  [...snapshot]
    .map(([section, lines]) => `${lines.length} ${lines.length === 1 ? section.replace(/s$/, '') : section}`)
    .join(', ')
