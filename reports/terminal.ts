// What people see while a scenario runs, and the table of measures when it is over. Text in, text out.

import { styleText } from 'node:util'
import type { Event } from '../lab/events.ts'
import { human } from '../lab/time.ts'
import { describe, since, span, stamp, told } from './describe.ts'
import { floorText, highest, lengthText } from './floors.ts'
import { eventful, type Row } from './measures.ts'
import { timerLines } from './parameters.ts'
import { provisioningLines } from './provisioning.ts'
import type { Result } from './result.ts'
import { stageLines } from './stages/line.ts'
import { liveTraffic } from './traffic/live.ts'
import { trafficLines } from './traffic/words.ts'
import { inOne, SWITCHOVER, toldConvergence, toldSwitchover } from './words.ts'

export type Colour = 'green' | 'red' | 'yellow' | 'gray' | 'bold' | 'cyan'
export type Paint = (colour: Colour, text: string) => string

export const plainly: Paint = (_, text) => text
export const colourfully: Paint = (colour, text) => styleText(colour, text, { validateStream: false })

const SIGN = { upheld: ['✓', 'green'], broken: ['✗', 'red'], undecided: ['?', 'yellow'] } as const
/** A line that wraps is read by nobody; the page has all of it. */
const clip = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

const STRIKES = ['applied', 'effective', 'changed', 'healed', 'gone']

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
    case 'clock':
      return paint('red', describe(event))
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
  const traffic = liveTraffic()
  return (event) => {
    const carried = traffic(event)
    if (carried) return timed(event, paint('cyan', `⇄ ${carried}`), paint)
    if (event.kind === 'verdict' && event.is === 'upheld' && ++upheld > UPHELD_TOLD) return undefined
    return liveLine(event, paint)
  }
}

const timed = ({ atNs }: Event, text: string, paint: Paint): string =>
  `${paint('gray', stamp(atNs, 1).padStart(8))}  ${text}`

/** '  +12.3s  ↯ death of nat-gw-a-1 applied'; undefined for events that are evidence rather than story. */
export function liveLine(event: Event, paint: Paint): string | undefined {
  const text = words(event, paint)
  return text && timed(event, text, paint)
}

function rowLines(row: Row, paint: Paint): string[] {
  const { flow, flows, direction, phase, event, sent, lost, periods, outage, impaired, recovered, routes } = row
  const { switchover, convergence, stages } = row
  const loss = outage ? `outage ${span(outage)}` : `${lost} of ${sent} lost`
  const rest = [
    ...(routes && outage ? [`worst of ${flows} flows, median ${human(routes.median)}, min ${human(routes.min)}`] : []),
    ...(outage
      ? [`${lost}${lost > sent ? '' : ` of ${sent}`} lost${periods > 1 ? ` in ${periods} periods` : ''}`]
      : []),
    ...(impaired ? [`from ${since(impaired)}`] : []),
    ...(recovered ? [recovered.open ? 'not recovered' : `until ${since(recovered)}`] : []),
  ]
  const story = [
    ...(switchover && event ? [`${SWITCHOVER[event]} ${inOne(toldSwitchover(switchover))}`] : []),
    ...(outage && convergence ? [`full convergence ${inOne(toldConvergence(convergence))}`] : []),
  ]
  return [
    `    ${flow} ${direction} ${phase}: ${paint('yellow', loss)}${rest.map((text) => paint('gray', ` · ${text}`)).join('')}`,
    ...(story.length > 0 ? [paint('gray', `      ${story.join(' · ')}`)] : []),
    ...(stages ? stageLines(stages, event, paint) : []),
  ]
}

/** The rows of flows that something happened to, and how many of others there are. */
function measureLines(measures: readonly Row[], paint: Paint): string[] {
  const told = measures.filter(eventful)
  const rest = measures.length - told.length
  const calm = `    nothing lost in ${told.length > 0 ? `the other ${rest}` : `any of ${rest}`} measures`
  return [...told.flatMap((row) => rowLines(row, paint)), ...(rest > 0 ? [paint('gray', calm)] : [])]
}

/** What every number above depends on: what the instrument saw without a fault, and the timers in force. */
function contextLines({ noiseFloor, parameters }: Result): string[] {
  const control = highest(noiseFloor)
  const floor = control && `noise floor: ${floorText(control)}; control run of ${lengthText(control)}`
  const without = noiseFloor.flatMap((row) =>
    'because' in row ? [`${row.flow} ${row.direction}: ${row.because}`] : [],
  )
  return [...(floor ? [floor] : []), ...without, ...(noiseFloor.length > 0 ? timerLines(parameters) : [])]
}

const ENDED = { passed: 'green', failed: 'red', invalid: 'yellow', aborted: 'yellow', error: 'yellow' } as const

/** The end of a run: how it ended, every measure, and where the evidence lies. */
export function summary(result: Result, page: string, paint: Paint): string {
  const because = result.because ? `: ${result.because}` : ''
  const upheld = result.claims.filter(({ is }) => is === 'upheld').length
  const claims = result.claims.length > 0 ? paint('gray', ` · ${upheld} of ${result.claims.length} claims upheld`) : ''
  return [
    `  ${paint(ENDED[result.is], result.is)} after ${human(result.tookNs)}${because}${claims}`,
    ...measureLines(result.measures, paint),
    ...provisioningLines(result.provisioned ?? [], paint),
    ...trafficLines(result.traffic).map((line) => `    ${line}`),
    ...contextLines(result).map((line) => paint('gray', `    ${line}`)),
    `    ${paint('gray', page)}`,
    '',
  ].join('\n')
}
