// What a history has to tell of one direction of a flow, after a fault.

import type { Event, FlowRecord } from '../events.ts'
import { type History, ofKind } from '../history.ts'
import type { Stretch } from '../loss/stretch.ts'
import { recordsOf } from '../loss/window.ts'
import { redirectPort } from '../ovn/nb.ts'
import { topologyIn } from '../topology/event.ts'
import type { Timers } from '../topology/types.ts'
import { type Places, placesOf } from './places.ts'
import type { Signal } from './signal.ts'
import { signalsIn } from './signals.ts'
import { tapSignals } from './tap-signals.ts'
import { type Way, wayOf } from './way.ts'

export type Evidence = { readonly way: Way; readonly timers: Timers; readonly signals: readonly Signal[] }

export type Flow = Pick<FlowRecord, 'flow' | 'direction'>

type Told = { readonly events: readonly Event[]; readonly signals: readonly Signal[]; readonly places: Places }

/** The chassis that hold a logical port at some time since then: by the SB, and by their own word. */
function holdersOf({ events, signals, places }: Told, port: string, sinceNs: number): string[] {
  const bound = ofKind({ events }, 'ovn').findLast(
    ({ table, row, atNs }) => table === 'Port_Binding' && row.logical_port === port && atNs <= sinceNs,
  )
  const taken = signals.flatMap(({ step, port: its, node, peer }) => {
    if (its !== port) return []
    return step === 'claim' ? [node] : (peer ?? [])
  })
  return [places.chassis(bound?.row.chassis) ?? [], ...taken].flat()
}

/** From a fault to an instant; undefined where nobody wrote down what the lab was made of, or where the flow ends. */
export function evidenceOf(
  history: Pick<History, 'events'>,
  { flow, direction }: Flow,
  { origin }: NonNullable<Stretch['fault']>,
  toNs: number,
): Evidence | undefined {
  const { events } = history
  const [topology, ends] = [topologyIn(history), ofKind(history, 'flow').find((event) => event.flow === flow)]
  if (!topology || !ends) return undefined
  const places = placesOf(topology, events)
  const told = { events, places, signals: signalsIn(events, { fromNs: origin.fromNs, toNs }, places) }
  const way = wayOf(topology, ends, direction, (vpc) => holdersOf(told, redirectPort(vpc), origin.fromNs))
  const outwards = way.towardsInternet ? direction : direction === 'forward' ? 'reverse' : 'forward'
  const [towards] = recordsOf(history, { name: flow }, outwards)
  const signals = [...told.signals, ...(towards ? tapSignals(towards, way) : [])]
    // Where the outage counts from the heal, that is no event of it.
    .filter(({ step, atNs }) => atNs > (step === 'healed' ? origin.toNs : origin.fromNs))
    .sort((a, b) => a.atNs - b.atNs)
  return { way, timers: topology.timers, signals }
}
