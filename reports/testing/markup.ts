// What a page must be, for tests: well formed, and whole without anything from elsewhere.

const VOID = ['meta', 'input', 'br', 'img', 'link', 'hr']

/** The tags that are not closed in order; none in a well-formed page. */
export function unbalanced(page: string): string[] {
  const markup = page.replaceAll(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, '')
  const open: string[] = []
  const wrong: string[] = []
  for (const [, slash, name = '', rest = ''] of markup.matchAll(/<(\/?)([a-z][\w-]*)((?:"[^"]*"|[^>"])*)>/gi)) {
    if (VOID.includes(name) || rest.endsWith('/')) continue
    if (!slash) open.push(name)
    else if (open.pop() !== name) wrong.push(`</${name}>`)
  }
  return [...wrong, ...open]
}

/** Where a page would fetch from. */
export const fetched = (page: string): string[] =>
  [...page.matchAll(/(?:src|href|action|data)="((?:https?:)?\/\/[^"]*)"|url\(([^)]*)\)|@import/g)].map(([all]) => all)
