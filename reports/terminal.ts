// What people see while a scenario runs, and the table of measures when it is over. Text in, text out.

import { styleText } from 'node:util'
import type { Event } from '../lab/events.ts'
import { human } from '../lab/time.ts'
import { describe, since, span, stamp, told } from './describe.ts'
import type { Row } from './measures.ts'
import type { Result } from './result.ts'

export type Colour = 'green' | 'red' | 'yellow' | 'gray' | 'bold' | 'cyan'
export type Paint = (colour: Colour, text: string) => string

export const plainly: Paint = (_, text) => text
export const colourfully: Paint = (colour, text) => styleText(colour, text, { validateStream: false })

const SIGN = { upheld: ['✓', 'green'], broken: ['✗', 'red'], undecided: ['?', 'yellow'] } as const
/** A line that wraps is read by nobody; the page has all of it. */
const clip = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

const STRIKES = ['applied', 'effective', 'healed', 'gone']

function words(event: Event, paint: Paint): string | undefined {
  switch (event.kind) {
    case 'act':
      return `${event.text}${event.tookNs === undefined ? '' : paint('gray', ` (${human(event.tookNs)})`)}`
    case 'waited': {
      if (!event.held) return paint('red', `✗ ${describe(event)}`)
      const saw = event.saw ? paint('gray', ` (${clip(event.saw, 60)})`) : ''
      return `${paint('green', '✓')} ${event.condition} after ${human(event.tookNs)}${saw}`
    }
    case 'fault':
      return STRIKES.includes(event.phase) ? paint('yellow', `↯ ${describe(event)}`) : undefined
    case 'verdict': {
      const [sign, colour] = SIGN[event.is]
      return `${paint(colour, `${sign} ${event.claim}`)} ${paint('gray', '·')} ${clip(told(event), 160)}`
    }
    default:
      return undefined
  }
}

/** A claim over a grid has hundreds of verdicts; so many that hold are told one by one. */
const UPHELD_TOLD = 12

/** Lines for the events of one test, as they come. What does not hold is always told. */
export function narrator(paint: Paint): (event: Event) => string | undefined {
  let upheld = 0
  return (event) => {
    if (event.kind === 'verdict' && event.is === 'upheld' && ++upheld > UPHELD_TOLD) return undefined
    return liveLine(event, paint)
  }
}

/** '  +12.3s  ↯ death of nat-gw-a-1 applied'; undefined for events that are evidence rather than story. */
export function liveLine(event: Event, paint: Paint): string | undefined {
  const text = words(event, paint)
  return text && `${paint('gray', stamp(event.atNs, 1).padStart(8))}  ${text}`
}

function rowLine(
  { flow, direction, phase, sent, lost, periods, outage, impaired, recovered }: Row,
  paint: Paint,
): string {
  const loss = outage ? `outage ${span(outage)}` : `${lost} lost`
  const rest = [
    `${lost}${lost > sent ? '' : ` of ${sent}`} lost${periods > 1 ? ` in ${periods} periods` : ''}`,
    ...(impaired ? [`from ${since(impaired)}`] : []),
    ...(recovered ? [recovered.open ? 'not recovered' : `until ${since(recovered)}`] : []),
  ]
  return `    ${flow} ${direction} ${phase}: ${paint('yellow', loss)}${paint('gray', ` · ${rest.join(' · ')}`)}`
}

/** The rows that lost something, and how many did not. */
function measureLines(measures: readonly Row[], paint: Paint): string[] {
  const lossy = measures.filter(({ lost, outage }) => lost > 0 || outage)
  const rest = measures.length - lossy.length
  const calm = `    nothing lost in ${lossy.length > 0 ? `the other ${rest}` : `any of ${rest}`} measures`
  return [...lossy.map((row) => rowLine(row, paint)), ...(rest > 0 ? [paint('gray', calm)] : [])]
}

const ENDED = { passed: 'green', failed: 'red', invalid: 'yellow', error: 'yellow' } as const

/** The end of a run: how it ended, every measure, and where the evidence lies. */
export function summary(result: Result, page: string, paint: Paint): string {
  const because = result.because ? `: ${result.because}` : ''
  const upheld = result.claims.filter(({ is }) => is === 'upheld').length
  const claims = result.claims.length > 0 ? paint('gray', ` · ${upheld} of ${result.claims.length} claims upheld`) : ''
  return [
    `  ${paint(ENDED[result.is], result.is)} after ${human(result.tookNs)}${because}${claims}`,
    ...measureLines(result.measures, paint),
    `    ${paint('gray', page)}`,
    '',
  ].join('\n')
}
