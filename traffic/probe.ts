// Numbered UDP probes both ways, at a steady rate, measured by the taps at both ends of the path.

import { ScenarioError } from '../lab/errors.ts'
import type { Direction, Event } from '../lab/events.ts'
import { ofKind } from '../lab/history.ts'
import { PROBE_PORT } from '../lab/nodes/plan.ts'
import { FORWARDING_DELAY_THRESHOLD_NS } from '../lab/patchbay/sightings.ts'
import { type Look, STEADY_PROBES } from '../lab/patchbay/steadiness.ts'
import type { Tap } from '../lab/patchbay/tap.ts'
import { human } from '../lab/time.ts'
import { nodeNamed } from '../lab/topology/nodes.ts'
import type { Lab } from '../lab/types.ts'
import { type Condition, ready } from '../lab/until.ts'
import type { Flow, Traffic } from './traffic.ts'

export type ProbeRate = `${number}pps`

export type ProbeOptions = {
  readonly from: string
  readonly to: string
  /** Probes each second and direction, '250pps' by default: one outage is then known to 4 ms and better. */
  readonly rate?: ProbeRate
  /** How long no probe may be lost before the flow counts as recovered for good. */
  readonly sustainedFor?: `${number}s`
}

const DIRECTIONS = ['forward', 'reverse'] as const

/** Above this the sender's ticks are too short for this kernel to wake in time. */
const MAX_PPS = 5000

function parsePps(rate: string): number {
  const pps = Number(/^(\d+)pps$/.exec(rate)?.[1])
  if (pps >= 1 && pps <= MAX_PPS) return pps
  throw new ScenarioError(`no probe rate: '${rate}'; write 1pps to ${MAX_PPS}pps`)
}

/** What the prober says of a flow: `stat ID DIRECTION SENT LATEST_US ERRORS` and `end ID DIRECTION NUMBER`. */
function hear(lab: Lab, id: number, flow: string, event: Event, ended: Set<Direction>): void {
  if (event.kind !== 'line' || event.stream !== '') return
  const [word, of, direction, ...numbers] = event.line.split(' ')
  if (Number(of) !== id || (direction !== 'forward' && direction !== 'reverse')) return
  if (word === 'end') ended.add(direction)
  if (word !== 'stat') return
  const [sent = 0, latestUs = 0, errors = 0] = numbers.map(Number)
  lab.history.record(event.node, { kind: 'generator', flow, direction, sent, latestNs: latestUs * 1e3, errors })
}

/**
 * All that was sent before `sinceNs` has come out of the taps, or is lost for good. The taps are told the
 * time by probes alone: after `sinceNs` there must be one more, if only the one that ends the flow.
 */
const drained = ({ sightings, assertAlive }: Tap, id: number, sinceNs: number) => ({
  name: 'the taps to have seen the last probes',
  look: async (lab: Lab) => {
    assertAlive()
    const pending = DIRECTIONS.reduce((n, direction) => n + sightings.tally(id, direction).pending, 0)
    const waitedNs = lab.history.now() - sinceNs
    const seen = sightings.streamNs() >= sinceNs
    return {
      holds: seen && (pending === 0 || waitedNs > FORWARDING_DELAY_THRESHOLD_NS),
      saw: seen ? `${pending} probes on their way` : `a tap ${human(sinceNs - sightings.streamNs())} behind`,
    }
  },
})

async function start(
  lab: Lab,
  name: string,
  pps: number,
  { from, to, sustainedFor = '1s' }: ProbeOptions,
): Promise<Flow> {
  const tap = await lab.tap()
  const { sightings } = tap
  const target = nodeNamed(lab.topology, to).addresses[0]
  const tenant = nodeNamed(lab.topology, from).vpc?.tenant
  const id = ofKind(lab.history, 'flow').filter(({ phase }) => phase === 'started').length + 1
  const gapNs = 1e9 / pps
  const about = { flow: name, from, to, ratePps: pps, ...(tenant ? { tenant } : {}) }
  sightings.follow({ id, name, from, to, gapNs })
  // Told before the first wait, so that a flow that is started at the same time takes another number.
  lab.history.record('traffic', { kind: 'flow', phase: 'started', ...about })

  const ended = new Set<Direction>()
  const unwatch = lab.history.watch((event) => hear(lab, id, name, event, ended))
  const write = (closed: boolean) => {
    for (const record of sightings.records(id, { closed })) lab.history.record('taps', record)
  }
  const command = `prober send ${id} ${target} ${PROBE_PORT} ${Math.round(gapNs / 1e3)} >&$LINES_FD 2>&1 </dev/null & echo $!`
  const { out } = await lab.run(from, command)
  const unsettle = lab.history.onSettle(() => write(false))

  const stop = lab.defer(`stop ${name}`, async () => {
    // A test that was told to stop wants its evidence all the same, so these waits take no signal.
    const patient = { ...lab, signal: undefined }
    let closed = !lab.alive(from)
    try {
      if (closed) return
      const { bracket } = await lab.run(from, `kill -TERM ${out.trim()}`)
      await ready(
        patient,
        {
          name: `the sender of ${name} to end`,
          look: async () => ({
            holds: ended.has('forward'),
            saw: ended.has('forward') ? 'it ended' : 'it still sends',
          }),
        },
        { within: '5s' },
      )
      await ready(patient, drained(tap, id, bracket.fromNs), { within: '8s' })
      closed = true
    } finally {
      unsettle()
      unwatch()
      write(closed)
      sightings.forget(id)
      lab.history.record('traffic', { kind: 'flow', phase: 'stopped', ...about })
    }
  })
  const sustainedNs = Number.parseFloat(sustainedFor) * 1e9
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
  return {
    name,
    get answered() {
      return since('to be answered', (sinceNs) => {
        const { holds, saw } = sightings.answered(id, lab.history.now())
        const passed = DIRECTIONS.map((direction) => sightings.passedSince(id, direction, sinceNs))
        return { holds: holds && passed.every((n) => n >= STEADY_PROBES), saw }
      })
    },
    get sustained() {
      return since(`to be answered without loss for ${sustainedFor}`, (sinceNs) => {
        const { holds, saw } = sightings.sustained(id, sustainedNs, lab.history.now())
        const seenNs = sightings.streamNs() - sinceNs
        return {
          holds: holds && seenNs >= sustainedNs,
          saw: seenNs < sustainedNs ? `${human(Math.max(0, seenNs))} of it so far` : saw,
        }
      })
    },
    stop,
    [Symbol.asyncDispose]: () => stop().catch((error: unknown) => lab.blame(`stop ${name}`, error)),
  }
}

/** A flow of numbered probes between two nodes, both ways. */
export function probe(options: ProbeOptions): Traffic {
  const { from, to, rate = '250pps' } = options
  const pps = parsePps(rate)
  const name = `probe ${from} → ${to}`
  return {
    name,
    check: ({ topology }) => {
      for (const node of [from, to]) {
        const { role } = nodeNamed(topology, node)
        if (role !== 'workload' && role !== 'internet')
          throw new ScenarioError(`${node} is a ${role}; a probe goes between workloads, or to the internet`)
      }
    },
    start: (lab) => start(lab, name, pps, options),
  }
}
