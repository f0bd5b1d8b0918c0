// Markup by template: whatever is put in is text and is escaped, unless it is markup already.

export type Html = { readonly html: string }

type Content = Html | string | number | undefined | false | readonly Content[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escapeText = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => ENTITIES[char] ?? char)

function render(content: Content): string {
  if (content === undefined || content === false) return ''
  if (typeof content === 'string') return escapeText(content)
  if (typeof content === 'number') return String(content)
  return 'html' in content ? content.html : content.map(render).join('')
}

/** Attribute values must be quoted in the template. */
export const html = (parts: TemplateStringsArray, ...contents: readonly Content[]): Html => ({
  html: parts.map((part, i) => part + render(contents[i])).join(''),
})

/** Text that is markup by its making: our own style and script. */
export const raw = (text: string): Html => ({ html: text })

/** A value for a `<script type="application/json">`, which no text in it can end. */
export const embedded = (value: unknown): Html => raw(JSON.stringify(value).replaceAll('<', '\\u003c'))
