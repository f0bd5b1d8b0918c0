import { readings, restless, type Section } from './volatile.ts'

/** Sections whose order means something. The others are sorted, so that a thing made anew is no difference. */
const ORDERED: readonly Section[] = ['nft rules', 'iptables rules']

/** A block's lines each with the headers they stand below, so that a line says where it was. */
function located(lines: readonly string[]): string[] {
  const headers: string[] = []
  return lines.flatMap((line) => {
    const text = line.trim()
    if (text === '}') {
      headers.pop()
      return []
    }
    const fact = [...headers, text.replace(/ *\{$/, '')].join(' › ')
    if (text.endsWith('{')) headers.push(text.replace(/ *\{$/, ''))
    return text ? [fact] : []
  })
}

/** iptables-save prints tables one after another; the same rule may stand in several. */
function tabled(lines: readonly string[]): string[] {
  let table = ''
  return lines.flatMap((line) => {
    if (line.startsWith('*')) table = line.slice(1)
    return line === '' || line === 'COMMIT' || line.startsWith('*') ? [] : [`${table} › ${line}`]
  })
}

/** Lines of a section without what changes by itself, comparable with those of another time. */
export function normalise(section: Section, lines: readonly string[]): readonly string[] {
  const calm = lines.map((line) =>
    restless
      .filter((rule) => rule.in.includes(section))
      .reduce((text, { match, by }) => text.replace(match, by), line)
      .trimEnd(),
  )
  const kept =
    section === 'sysctls'
      ? calm.filter((line) => !readings.some(({ key }) => key.test(line.split(' = ')[0] ?? '')))
      : calm
  const placed =
    section === 'nft rules'
      ? located(kept)
      : section === 'iptables rules'
        ? tabled(kept)
        : kept.filter((line) => line !== '')
  return ORDERED.includes(section) ? placed : placed.toSorted()
}
