// Real traffic in words, the same in the terminal and on our own pages.

import type { Event } from '../../lab/events.ts'
import { percent } from '../../lab/percent.ts'
import { human } from '../../lab/time.ts'
import type { Told, TrafficEvent } from '../../lab/traffic/events.ts'
import type { RequestTotals, SessionTotals, TrafficRecord } from '../../lab/traffic/record.ts'
import { kinds } from '../../lab/traffic/requests.ts'
import { rate, type Transfer } from '../../lab/traffic/transfer.ts'

/** '8 (0.64%): 6 timeout, 2 unsent'; '0' where nothing failed. */
export function failedText({
  answered,
  failed,
  errors,
}: Pick<RequestTotals, 'answered' | 'failed' | 'errors'>): string {
  if (failed === 0) return '0'
  return `${failed} (${percent(failed / (answered + failed))}): ${kinds(errors)}`
}

/** '1240 answered, 8 failed (0.64%): 6 timeout, 2 unsent; p50 1.2ms p99 8.1ms max 1.20s' */
export function requestsText(totals: RequestTotals): string {
  const { answered, failed, latencyNs } = totals
  const times = latencyNs && `p50 ${human(latencyNs.p50)} p99 ${human(latencyNs.p99)} max ${human(latencyNs.max)}`
  const failures = failed === 0 ? 'none failed' : `failed ${failedText(totals)}`
  return [`${answered} answered, ${failures}`, ...(times ? [times] : [])].join('; ')
}

/** '98.1 Mbit/s, 12 retransmits', '5.0 Mbit/s, 3 of 400 datagrams lost, RFC 1889 jitter up to 1.2ms' */
export function transferText({ goodputBps, retransmits, datagrams, lost, interarrivalJitterNs }: Transfer): string {
  return [
    rate(goodputBps),
    ...(retransmits === undefined ? [] : [`${retransmits} retransmits`]),
    ...(datagrams === undefined || lost === undefined ? [] : [`${lost} of ${datagrams} datagrams lost`]),
    ...(interarrivalJitterNs === undefined ? [] : [`RFC 1889 jitter up to ${human(interarrivalJitterNs)}`]),
  ].join(', ')
}

/** '200 held: 198 survived, 2 reset, 2 established again; longest pause 612ms; 3 of 300 new ones failed' */
export function sessionsText({ held, fates, again, pauseNs, newTried, newFailed }: SessionTotals): string {
  const fate = Object.entries({ survived: 0, ...fates }).map(([name, count]) => `${count} ${name}`)
  const pause = pauseNs.max > 0 ? `longest pause ${human(pauseNs.max)}` : 'no pause above 100ms'
  return [
    `${held} held: ${[...fate, ...(again > 0 ? [`${again} established again`] : [])].join(', ')}`,
    pause,
    `${newFailed} of ${newTried} new ones failed`,
  ].join('; ')
}

/** Everything of a flow, part by part. */
export function partsText({ requests, transfer, sessions }: TrafficRecord): string[] {
  const named = requests.length > 1
  return [
    ...(sessions ? [sessionsText(sessions)] : []),
    ...(transfer ? [transferText(transfer)] : []),
    ...(sessions ? [] : requests.map((part) => `${named ? `${part.name} ` : ''}${requestsText(part)}`)),
  ]
}

/** 100 requests/s, 40.0 Mbit/s */
export const askedText = ({ asked, unit }: Pick<TrafficEvent, 'asked' | 'unit'>): string =>
  unit === 'bits' ? rate(asked) : `${asked} ${unit}/s`

/** One line of the timeline; undefined for an event that is not of real traffic. */
export function describeTraffic(event: Event | Told | TrafficEvent | TrafficRecord): string | undefined {
  switch (event.kind) {
    case 'traffic':
      return `${event.flow} ${event.phase}${event.phase === 'started' ? `, ${askedText(event)} asked` : ''}`
    case 'traffic-record':
      return `${event.flow}: ${partsText(event).join('; ')}`
    case 'traffic-sample': {
      const parts = event.parts.map(
        (part) =>
          `${part.name} ${part.answered} of ${part.asked} answered${kinds(part.errors) && `, ${kinds(part.errors)}`}`,
      )
      return `${event.flow}: ${parts.join('; ')}`
    }
    case 'transfer-sample': {
      const { flow, side, bytes, fromNs, toNs, retransmits } = event
      return `${flow}: ${side} ${rate((8e9 * bytes) / (toNs - fromNs))}${retransmits ? `, ${retransmits} retransmits` : ''}`
    }
    case 'session':
      return `${event.flow} #${event.session} ${event.phase}${event.source ? ` as ${event.source}` : ''}`
    case 'new-sessions':
      return `${event.flow}: ${event.afterNs.filter((ns) => ns !== null).length} of ${event.afterNs.length} new ones answered`
    case 'session-server':
      return `${event.flow}: ${event.open} open at the server, ${event.resets} resets seen, ${event.resetsSent} sent by its host`
    case 'traffic-ended':
      return `the ${event.side} of ${event.flow} ended${event.why && `: ${event.why}`}`
    default:
      return undefined
  }
}

/** One line for each flow, over the whole run. */
export const trafficLines = (flows: readonly { readonly whole: TrafficRecord }[]): string[] =>
  flows.map(({ whole }) => `${whole.flow}: ${partsText(whole).join('; ') || 'told nothing'}`)
