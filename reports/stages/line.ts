// The stages of an outage on the terminal, below its row.

import { endedText, longest, type Stage, type Stages } from '../../lab/stages/stage.ts'
import { human } from '../../lab/time.ts'
import type { Paint } from '../terminal.ts'
import { inRuns, marks, offset } from './words.ts'

/** As wide as terminals of network engineers are; the page has all of it. */
const WIDTH = 150
const INDENT = '      '

type Told = { readonly atNs: number; readonly text: string; readonly colour: 'gray' | 'yellow' | 'bold' }

/** Shorter ones stand on the page. */
const SHORTEST_NS = 0.5e6

function stageTold(stage: Stage, worst: Stage | undefined): Told {
  const { name, fromNs, toNs, ended } = stage
  const stands = worst !== undefined && fromNs <= worst.fromNs && toNs >= worst.toNs
  const text = (() => {
    if (name === 'unattributed') return `${endedText(ended)} (${human(toNs - fromNs)} unattributed)`
    return name === 'first packet' ? name : `${name} (${endedText(ended)})`
  })()
  return { atNs: toNs, text, colour: stands ? 'bold' : name === 'unattributed' ? 'yellow' : 'gray' }
}

/**
 * 'fault → +298ms detected (BFD with nat-gw-a-1 down, bfdd at chassis-1) → … → +395ms first packet', in as many
 * lines as it takes. The longest stage stands out. Stages over which nothing was lost yet are left out.
 */
export function stageLines(stages: Stages, event: string | undefined, paint: Paint): string[] {
  const worst = longest(stages)
  const firstLost = stages.spells.find(({ is }) => is === 'lost')?.fromNs ?? 0
  const runs = inRuns(stages).filter(({ toNs }) => toNs >= firstLost)
  const last = runs.at(-1)
  const tells = ({ name, fromNs, toNs }: Stage) => name === 'detected' || toNs - fromNs >= SHORTEST_NS
  const shown = runs.filter((run) => run === last || tells(run))
  const told: Told[] = [
    ...shown.map((run) => stageTold(run, worst)),
    ...marks(stages).map(
      ({ atNs, text, onset }): Told => ({
        atNs,
        text: onset ? `${text} (${endedText(onset)})` : text,
        colour: 'gray',
      }),
    ),
  ].sort((a, b) => a.atNs - b.atNs)
  const lines: { width: number; parts: string[] }[] = [{ width: 0, parts: [] }]
  const add = (text: string, colour: Told['colour']) => {
    const line = lines.at(-1)
    const wide = line && line.parts.length > 0 && line.width + text.length > WIDTH
    if (wide || !line) lines.push({ width: text.length, parts: [paint(colour, text)] })
    else Object.assign(line, { width: line.width + text.length + 1, parts: [...line.parts, paint(colour, text)] })
  }
  add(event === 'reversion' ? 'heal' : 'fault', 'gray')
  for (const { atNs, text, colour } of told) add(`→ ${offset(atNs)} ${text}`, colour)
  return lines.map(({ parts }) => `${INDENT}${parts.join(' ')}`)
}
