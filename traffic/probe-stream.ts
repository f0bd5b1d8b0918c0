// A stream of probes on its way: one sender for all of its flows, what it says of itself, and its end.

import { ScenarioError } from '../lab/errors.ts'
import type { Direction, Event } from '../lab/events.ts'
import { ofKind } from '../lab/history.ts'
import { probeParameters } from '../lab/measures/parameters.ts'
import { PROBE_PORT } from '../lab/nodes/plan.ts'
import { FORWARDING_DELAY_THRESHOLD_NS } from '../lab/patchbay/sightings.ts'
import { allOf, type Look, STEADY_PROBES } from '../lab/patchbay/steadiness.ts'
import type { Tap } from '../lab/patchbay/tap.ts'
import { human } from '../lab/time.ts'
import { nodeNamed } from '../lab/topology/nodes.ts'
import type { Lab } from '../lab/types.ts'
import { type Condition, ready } from '../lab/until.ts'
import type { Flow } from './traffic.ts'

export type Stream = {
  readonly name: string
  readonly from: string
  readonly to: string
  /** Of each flow, each way. */
  readonly ratePps: number
  readonly flows: number
  /** '1s', as it was asked for. */
  readonly sustainedFor: string
  readonly sustainedNs: number
}

/** One flow of a stream: the number in its probes, and what it is called. */
type Member = { readonly id: number; readonly label: string; readonly flow: string; readonly of?: string }

const DIRECTIONS = ['forward', 'reverse'] as const

/** Of several, each has a number behind the stream's name. */
export const members = (name: string, flows: number, firstId: number): Member[] =>
  Array.from({ length: flows }, (_, i) => {
    const label = `#${i + 1}`
    return { id: firstId + i, label, ...(flows === 1 ? { flow: name } : { flow: `${name} ${label}`, of: name }) }
  })

/** Throws ScenarioError while a stream of this name runs: a claim could not tell them apart. */
function refuseTwin(lab: Lab, name: string): void {
  const events = ofKind(lab.history, 'flow').filter(({ flow, of = flow }) => of === name)
  const running = events.filter(({ phase }) => phase === 'started').length * 2 > events.length
  if (running) throw new ScenarioError(`${name} is on its way already; for more of it give it more flows`)
}

/** What the prober says of a flow: `stat ID DIRECTION SENT LATEST_US ERRORS` and `end ID DIRECTION NUMBER`. */
function hear(lab: Lab, byId: ReadonlyMap<number, Member>, event: Event, ended: Set<number>): void {
  if (event.kind !== 'line' || event.stream !== '') return
  const [word, id, direction, ...numbers] = event.line.split(' ')
  const member = byId.get(Number(id))
  if (!member || (direction !== 'forward' && direction !== 'reverse')) return
  if (word === 'end' && direction === 'forward') ended.add(member.id)
  if (word !== 'stat') return
  const [sent = 0, latestUs = 0, errors = 0] = numbers.map(Number)
  const { flow } = member
  lab.history.record(event.node, { kind: 'generator', flow, direction, sent, latestNs: latestUs * 1e3, errors })
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
const eachWay = <T>(flows: readonly Member[], of: (id: number, direction: Direction) => T): T[] =>
  flows.flatMap(({ id }) => DIRECTIONS.map((direction) => of(id, direction)))

/**
 * All that was sent before `sinceNs` has come out of the taps, or is lost for good. The taps are told the
 * time by probes alone: after `sinceNs` there must be one more, if only the one that ends a flow.
 */
const drained = ({ sightings, assertAlive }: Tap, flows: readonly Member[], sinceNs: number) => ({
  name: 'the taps to have seen the last probes',
  look: async (lab: Lab) => {
    assertAlive()
    const pending = total(eachWay(flows, (id, direction) => sightings.tally(id, direction).pending))
    const waitedNs = lab.history.now() - sinceNs
    const seen = sightings.streamNs() >= sinceNs
    return {
      holds: seen && (pending === 0 || waitedNs > FORWARDING_DELAY_THRESHOLD_NS),
      saw: seen ? `${pending} probes on their way` : `a tap ${human(sinceNs - sightings.streamNs())} behind`,
    }
  },
})

const senderEnded = (name: string, flows: readonly Member[], ended: ReadonlySet<number>) => ({
  name: `the sender of ${name} to end`,
  look: async () => ({
    holds: ended.size === flows.length,
    saw: ended.size === flows.length ? 'it ended' : 'it still sends',
  }),
})

type Watching = { readonly lab: Lab; readonly tap: Tap; readonly stream: Stream; readonly flows: readonly Member[] }

/** What a scenario may wait for. */
function conditions({ lab, tap, stream: { name, sustainedFor, sustainedNs }, flows }: Watching) {
  const { sightings } = tap
  /** Both counts begin when the condition is asked for: what the taps still had on their way says nothing of now. */
  const since = (wanted: string, look: (sinceNs: number) => Look): Condition<Lab> => {
    const sinceNs = lab.history.now()
    return {
      name: `${name} ${wanted}`,
      look: async () => {
        tap.assertAlive()
        return look(sinceNs)
      },
    }
  }
  const all = (look: (id: number) => Look) => allOf(flows.map(({ id, label }) => ({ label, look: look(id) })))
  return {
    answered: () =>
      since('to be answered', (sinceNs) => {
        const { holds, saw } = all((id) => sightings.answered(id, lab.history.now()))
        const passed = eachWay(flows, (id, direction) => sightings.passedSince(id, direction, sinceNs))
        return { holds: holds && passed.every((n) => n >= STEADY_PROBES), saw }
      }),
    sustained: () =>
      since(`to be answered without loss for ${sustainedFor}`, (sinceNs) => {
        const { holds, saw } = all((id) => sightings.sustained(id, sustainedNs, lab.history.now()))
        const seenNs = sightings.streamNs() - sinceNs
        return {
          holds: holds && seenNs >= sustainedNs,
          saw: seenNs < sustainedNs ? `${human(Math.max(0, seenNs))} of it so far` : saw,
        }
      }),
  }
}

/** Starts the sender. What the taps saw of each flow is written down when the stream stops, or is judged before. */
export async function startStream(lab: Lab, stream: Stream): Promise<Flow> {
  const { name, from, to, ratePps, sustainedNs } = stream
  refuseTwin(lab, name)
  const tap = await lab.tap()
  refuseTwin(lab, name) // one that was started at the same time is there by now
  const { sightings } = tap
  const gapNs = 1e9 / ratePps
  const target = nodeNamed(lab.topology, to).addresses[0]
  const tenant = nodeNamed(lab.topology, from).vpc?.tenant
  const firstId = ofKind(lab.history, 'flow').filter(({ phase }) => phase === 'started').length + 1
  const flows = members(name, stream.flows, firstId)
  const tell = (phase: 'started' | 'stopped') => {
    for (const { flow, of } of flows) {
      const about = { flow, ...(of === undefined ? {} : { of }), from, to, ratePps, ...(tenant ? { tenant } : {}) }
      lab.history.record('traffic', { kind: 'flow', phase, ...about })
    }
  }
  for (const { id, flow, of } of flows) sightings.follow({ id, name: flow, of, from, to, gapNs })
  // Told before the first wait, so that a stream that is started at the same time takes other numbers.
  tell('started')
  const thresholdNs = FORWARDING_DELAY_THRESHOLD_NS
  lab.history.record('traffic', probeParameters({ flow: name, flows: stream.flows, ratePps, thresholdNs, sustainedNs }))

  const ended = new Set<number>()
  const byId = new Map(flows.map((member) => [member.id, member]))
  const unwatch = lab.history.watch((event) => hear(lab, byId, event, ended))
  const write = (closed: boolean) => {
    for (const { id } of flows)
      for (const record of sightings.records(id, { closed })) lab.history.record('taps', record)
  }
  const command = `prober send ${firstId} ${stream.flows} ${target} ${PROBE_PORT} ${Math.round(gapNs / 1e3)} >&$LINES_FD 2>&1 </dev/null & echo $!`
  const { out } = await lab.run(from, command)
  const unsettle = lab.history.onSettle(() => {
    tap.assertAlive()
    write(false)
  })

  const stop = lab.defer(`stop ${name}`, async () => {
    // A test that was told to stop wants its evidence all the same, so these waits take no signal.
    const patient = { ...lab, signal: undefined }
    let closed = !lab.alive(from)
    const forget = async () => {
      // What tells the far end over the network may be lost, or its sender dead; it would go on for two minutes.
      if (lab.alive(to)) await lab.run(to, `prober forget ${firstId} ${stream.flows} ${PROBE_PORT}`)
    }
    try {
      if (closed) return await forget()
      const { bracket } = await lab.run(from, `kill -TERM ${out.trim()}`)
      await ready(patient, senderEnded(name, flows, ended), { within: '5s' })
      await forget()
      await ready(patient, drained(tap, flows, bracket.fromNs), { within: '8s' })
      closed = true
    } finally {
      unsettle()
      unwatch()
      write(closed)
      for (const { id } of flows) sightings.forget(id)
      tell('stopped')
    }
  })
  const { answered, sustained } = conditions({ lab, tap, stream, flows })
  return {
    name,
    get answered() {
      return answered()
    },
    get sustained() {
      return sustained()
    },
    stop,
    [Symbol.asyncDispose]: () => stop().catch((error: unknown) => lab.blame(`stop ${name}`, error)),
  }
}
