// All that a stretch of a history says of the way to the first packet, in order of time.

import type { Event, FaultEvent } from '../events.ts'
import { frrSignal } from './frr-signals.ts'
import { kernelSignal } from './kernel-signals.ts'
import { flowSignals, ovsSignal, rowSignal, tunnelSignal } from './ovn-signals.ts'
import type { Places } from './places.ts'
import { SB_LATE_NS, type Signal, STEPS } from './signal.ts'

export type Span = { readonly fromNs: number; readonly toNs: number }

type At = { readonly atNs: number }

const rank = ({ step }: Signal) => STEPS.indexOf(step)

const isPort = (event: Event | undefined, port: unknown) =>
  event?.kind === 'ovn' && event.table === 'Port_Binding' && event.row.logical_port === port

/** The chassis that a port's row named before this event. */
function chassisBefore(events: readonly Event[], i: number, port: unknown): unknown {
  const row = events.findLast((event, k) => k < i && isPort(event, port))
  return row?.kind === 'ovn' ? row.row.chassis : undefined
}

/** The chassis that it names once the transaction of this event is done, whose rows come in any order. */
function chassisAfter(events: readonly Event[], i: number, port: unknown): unknown {
  let last = i
  while (events[last + 1]?.kind === 'ovn' && events[last + 1]?.atNs === events[i]?.atNs) last++
  return chassisBefore(events, last + 1, port)
}

function letGo({ phase, fault, targets, bracket, atNs }: FaultEvent & At): Signal | undefined {
  if (phase !== 'healed') return undefined
  const { fromNs, toNs } = bracket ?? { fromNs: atNs, toNs: atNs }
  const node = targets.join(', ')
  return {
    step: 'healed',
    node,
    by: 'chaos',
    atNs: fromNs,
    resolutionNs: toNs - fromNs,
    lateNs: 0,
    text: `${fault} healed`,
  }
}

function signalsOf(event: Event, i: number, events: readonly Event[], places: Places): readonly (Signal | undefined)[] {
  switch (event.kind) {
    case 'line':
      if (event.stream === 'frr') return [frrSignal(event, places)]
      if (event.stream === 'kernel') return [kernelSignal(event, places)]
      return event.stream === 'ovs' ? [ovsSignal(event, places)] : []
    case 'tunnel':
      return [tunnelSignal(event, places)]
    case 'ovn': {
      const signal = rowSignal(event, chassisBefore(events, i, event.row.logical_port), places)
      const port = signal?.step === 'learned-route' && signal.vpc && places.gatewayPort(signal.vpc)
      const holder = port && places.chassis(chassisAfter(events, i, port))
      return [signal && holder ? { ...signal, peer: holder } : signal]
    }
    case 'flow-table':
      return flowSignals(event, places)
    case 'fault':
      return [letGo(event)]
    default:
      return []
  }
}

/** Signals from after one instant to another, and so little later that their stamps may be late. */
export function signalsIn(events: readonly Event[], { fromNs, toNs }: Span, places: Places): Signal[] {
  const untilNs = toNs + SB_LATE_NS
  return events
    .flatMap((event, i) => (event.atNs >= fromNs && event.atNs <= untilNs ? signalsOf(event, i, events, places) : []))
    .filter((signal) => signal !== undefined)
    .filter(({ atNs }) => atNs > fromNs)
    .sort((a, b) => a.atNs - b.atNs || Number(b.gone ?? false) - Number(a.gone ?? false) || rank(a) - rank(b))
}
