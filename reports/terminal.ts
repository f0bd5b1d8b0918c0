// What people see while a scenario runs, and the table of measures when it is over. Text in, text out.

import { styleText } from 'node:util'
import type { Event } from '../lab/events.ts'
import { human } from '../lab/time.ts'
import { describe, since, span, stamp } from './describe.ts'
import type { Measure } from './measures.ts'
import type { Result } from './result.ts'

export type Colour = 'green' | 'red' | 'yellow' | 'gray' | 'bold' | 'cyan'
export type Paint = (colour: Colour, text: string) => string

export const plainly: Paint = (_, text) => text
export const colourfully: Paint = (colour, text) => styleText(colour, text, { validateStream: false })

const SIGN = { upheld: ['✓', 'green'], broken: ['✗', 'red'], undecided: ['?', 'yellow'] } as const
const STRIKES = ['applied', 'effective', 'healed', 'gone']

function words(event: Event, paint: Paint): string | undefined {
  switch (event.kind) {
    case 'act':
      return `${event.text}${event.tookNs === undefined ? '' : paint('gray', ` (${human(event.tookNs)})`)}`
    case 'waited': {
      if (!event.held) return paint('red', `✗ ${describe(event)}`)
      const saw = event.saw ? paint('gray', ` (${event.saw})`) : ''
      return `${paint('green', '✓')} ${event.condition} after ${human(event.tookNs)}${saw}`
    }
    case 'fault':
      return STRIKES.includes(event.phase) ? paint('yellow', `↯ ${describe(event)}`) : undefined
    case 'verdict': {
      const [sign, colour] = SIGN[event.is]
      return `${paint(colour, `${sign} ${event.claim}`)} · ${event.measured}`
    }
    default:
      return undefined
  }
}

/** '  +12.3s  ↯ death of nat-gw-a-1 applied'; undefined for events that are evidence rather than story. */
export function liveLine(event: Event, paint: Paint): string | undefined {
  const text = words(event, paint)
  return text && `${paint('gray', stamp(event.atNs, 1).padStart(8))}  ${text}`
}

const lossOf = ({ outage, lost, sent, carriedOver }: Measure): string => {
  if (outage) return `outage ${span(outage)}`
  if (lost === 0) return 'nothing lost'
  return `${lost} of ${sent} lost${carriedOver ? ', still from before' : ''}`
}

function measureLine(measure: Measure, paint: Paint): string {
  const { flow, direction, phase, sent, lost, periods, impaired, recovered } = measure
  const rest = [
    ...(lost > 0 && periods > 0
      ? [`${lost} of ${sent} lost in ${periods === 1 ? 'one period' : `${periods} periods`}`]
      : []),
    ...(impaired ? [`from ${since(impaired)}`] : []),
    ...(recovered ? [recovered.open ? 'not recovered' : `until ${since(recovered)}`] : []),
  ]
  const what = `${flow} ${direction} ${phase}: ${paint(lost > 0 ? 'yellow' : 'green', lossOf(measure))}`
  return `    ${what}${rest.length > 0 ? paint('gray', ` · ${rest.join(' · ')}`) : ''}`
}

const ENDED = { passed: 'green', failed: 'red', invalid: 'yellow', error: 'yellow' } as const

/** The end of a run: how it ended, every measure, and where the evidence lies. */
export function summary(result: Result, page: string, paint: Paint): string {
  const because = result.because ? `: ${result.because}` : ''
  return [
    `  ${paint(ENDED[result.is], result.is)} after ${human(result.tookNs)}${because}`,
    ...result.measures.map((measure) => measureLine(measure, paint)),
    `    ${paint('gray', page)}`,
    '',
  ].join('\n')
}
