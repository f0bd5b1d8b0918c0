// Real traffic that was not offered proves nothing about the network.

import type { Event } from '../lab/events.ts'
import { type History, ofKind } from '../lab/history.ts'
import type { TrafficEvent } from '../lab/traffic/events.ts'
import { samplesIn } from '../lab/traffic/samples.ts'
import { rate } from '../lab/traffic/transfer.ts'
import { measure } from './traffic.ts'
import { type Check, type Part, together } from './verdict.ts'

/** Share of what was asked for that the generator has to offer. */
const LEAST = 0.9
/** A generator needs this long to come to its rate: Node starts, connections open, TCP's window grows. */
const RAMP_NS = 2e9

/** From when it ran at its rate to the first fault: what it offers later, the network has a say in. */
function control(history: History, { atNs, flow }: Event & TrafficEvent) {
  const struck = ofKind(history, 'fault').find((event) => event.phase === 'applied' && event.atNs > atNs)
  const window = { fromNs: atNs + RAMP_NS, toNs: struck?.atNs ?? Number.POSITIVE_INFINITY, takesLast: false }
  const mine = <T extends { readonly flow: string; readonly fromNs: number; readonly toNs: number }>(
    all: readonly T[],
  ) =>
    samplesIn(
      all.filter((event) => event.flow === flow),
      window,
    )
  return { samples: mine(ofKind(history, 'traffic-sample')), moved: mine(ofKind(history, 'transfer-sample')) }
}

/** What was offered each second: what was sent, and what was due while the network had not answered yet. */
function offered(history: History, flow: Event & TrafficEvent): number | undefined {
  const { samples, moved } = control(history, flow)
  const seconds = (spans: readonly { fromNs: number; toNs: number }[]) =>
    spans.reduce((ns, { fromNs, toNs }) => ns + toNs - fromNs, 0) / 1e9
  if (flow.unit === 'bits') {
    const sent = moved.filter(({ side }) => side === 'sender')
    return sent.length === 0 ? undefined : (8 * sent.reduce((n, { bytes }) => n + bytes, 0)) / seconds(sent)
  }
  // Of sessions the first part is the exchanges of those held; the second are new ones, which nobody asked for.
  const parts = samples.flatMap((sample) => (flow.unit === 'exchanges' ? sample.parts.slice(0, 1) : sample.parts))
  const count = parts.reduce((n, { sent, errors }) => n + sent + (errors.unsent ?? 0), 0)
  return samples.length === 0 ? undefined : count / seconds(samples)
}

function judgeOne(history: History, flow: Event & TrafficEvent): Part {
  const name = `generator of ${flow.flow}`
  const ended = ofKind(history, 'traffic-ended').find((event) => event.flow === flow.flow && event.why !== '')
  if (ended) return { is: 'undecided', text: `${name}: its ${ended.side} ended by itself, ${ended.why}` }
  const achieved = offered(history, flow)
  if (achieved === undefined) return { is: 'undecided', text: `${name} told nothing of its rate` }
  const write = (n: number) => (flow.unit === 'bits' ? rate(n) : `${Math.round(n)} ${flow.unit}/s`)
  return {
    is: achieved < LEAST * flow.asked ? 'undecided' : 'upheld',
    text: `${name} offered ${write(achieved)} of ${write(flow.asked)} asked`,
    measures: [measure(flow.flow, 'offered_load', achieved, flow.unit === 'bits' ? 'bit/s' : 'requests/s')],
  }
}

/** Every generator of real traffic offered what it was asked for, until the first fault; never broken. */
export const trafficKept: Check = {
  claim: 'every generator of real traffic offered what was asked',
  judge: (history) => {
    const started = new Map(
      ofKind(history, 'traffic')
        .filter(({ phase }) => phase === 'started')
        .map((event) => [event.flow, event]),
    )
    const { claim } = trafficKept
    if (started.size === 0) return { is: 'upheld', measured: `${claim}: none was sent` }
    return together({ claim, parts: [...started.values()].map((flow) => judgeOne(history, flow)) })
  },
}
