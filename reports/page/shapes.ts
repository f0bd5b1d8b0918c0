// Cards and wires of a drawing, plain or struck by a fault.

import { type Html, html } from './html.ts'

export type Point = { readonly x: number; readonly y: number }

/** A flash of 12 × 18 px, drawn rather than taken from a font that may lack it. */
export const bolt = (x: number, y: number): Html =>
  html`<path class="bolt" transform="translate(${x} ${y})" d="M7 0 L0 10 H5 L3 18 L12 7 H7 L10 0 Z"/>`

export type Card = Point & {
  readonly width: number
  readonly height: number
  /** The first is its name. */
  readonly lines: readonly string[]
  readonly struck?: boolean
  /** Colour of what it belongs to. */
  readonly stripe?: string
  readonly round?: boolean
}

/** A box with its name and what there is to say of it; x and y are its top left. */
export function card({ x, y, width, height, lines, struck = false, stripe, round = false }: Card): Html {
  const text = lines.map((line, i) => {
    const style = i === 0 ? 'name' : 'small'
    return html`<text class="${style}" x="${x + 14}" y="${y + 19 + 16 * i}">${line}</text>`
  })
  return html`<rect class="${struck ? 'box struck' : 'box'}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${round ? 16 : 5}"/>
${stripe && html`<rect x="${x + 1.5}" y="${y + (round ? 12 : 5)}" width="4" height="${height - (round ? 24 : 10)}" style="fill: ${stripe}"/>`}
${text}${struck && bolt(x + width - 20, y + 7)}`
}

export type Wire = {
  readonly from: Point
  readonly to: Point
  readonly struck?: boolean
  /** For what is logical, in the colour of what it belongs to. */
  readonly dashed?: string
}

export function wire({ from, to, struck = false, dashed }: Wire): Html {
  const line = dashed ? html` stroke-dasharray="2 4" style="stroke: ${dashed}"` : undefined
  return html`<line class="${struck ? 'wire struck' : 'wire'}" x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}"${line}/>${struck && bolt((from.x + to.x) / 2 - 6, (from.y + to.y) / 2 - 9)}`
}
