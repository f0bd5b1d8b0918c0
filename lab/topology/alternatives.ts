// What to offer whoever named something that is not there.

const MOST = 12

/** How many characters two names have in common from the start. */
const shared = (a: string, b: string): number => {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}

const backwards = (text: string): string => [...text].reverse().join('')

const best = (names: readonly string[], score: (name: string) => number): readonly string[] => {
  const most = Math.max(0, ...names.map(score))
  return most < 3 ? [] : names.filter((name) => score(name) === most)
}

/**
 * The names nearest to one that does not exist, 'nat-gw-a-1, nat-gw-b-1': those that start most
 * alike, else those that end most alike, else all of them; at most twelve are written out.
 */
export const alternatives = (wanted: string, names: readonly string[]): string => {
  if (names.length === 0) return 'none'
  const alike = best(names, (name) => shared(name, wanted))
  const ending = best(names, (name) => shared(backwards(name), backwards(wanted)))
  const offered = [alike, ending, names].find((list) => list.length > 0) ?? names
  const rest = offered.length - MOST
  return rest > 0 ? `${offered.slice(0, MOST).join(', ')} and ${rest} more` : offered.join(', ')
}
