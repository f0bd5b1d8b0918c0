// The frame of every page: one file, nothing loaded from anywhere, and the browser told to keep it so.

import { createHash } from 'node:crypto'
import { embedded, type Html, html, raw } from './html.ts'
import { style } from './style.ts'

export type Page = {
  readonly title: string
  readonly body: Html
  /** For machines, as `<script type="application/json" id="result">`. */
  readonly result: unknown
  /** Inline script, ours. */
  readonly script?: string
}

export function document({ title, body, result, script = '' }: Page): string {
  // Only a script with this hash runs, so that no text of a run ever can.
  const hash = createHash('sha256').update(script).digest('base64')
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<main>
${body}
</main>
<script type="application/json" id="result">${embedded(result)}</script>
${script ? html`<script>${raw(script)}</script>` : undefined}
</body>
</html>
`
  return page.html
}
