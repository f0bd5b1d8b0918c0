// The comment that a scenario's file begins with: its claim, its drawing, the derivation of its numbers.

/** The first block of `//` lines, without the slashes; empty when the file begins otherwise. */
export function headerOf(source: string): string {
  const lines = source.split('\n')
  const end = lines.findIndex((line) => !line.startsWith('//'))
  return lines
    .slice(0, end < 0 ? undefined : end)
    .map((line) => line.replace(/^\/\/ ?/, '').trimEnd())
    .join('\n')
    .trim()
}
