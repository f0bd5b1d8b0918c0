import { type Html, html } from './html.ts'

/** A column's title; numbers stand at the right. */
export type Column = string | { readonly number: string }

/** A table that scrolls by itself where the page is narrow. Each of `bodies` is rows, or groups of them. */
export function table(label: string, columns: readonly Column[], rows: Html | readonly Html[]): Html {
  const head = columns.map((column) =>
    typeof column === 'string' ? html`<th>${column}</th>` : html`<th class="num">${column.number}</th>`,
  )
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}"><table>
<thead><tr>${head}</tr></thead>
${rows}</table></div>`
}

/** Rows below one heading that spans all columns. */
export const group = (title: string, columns: number, rows: readonly Html[]): Html =>
  html`<tbody><tr><th scope="rowgroup" colspan="${columns}">${title}</th></tr>${rows}</tbody>`
