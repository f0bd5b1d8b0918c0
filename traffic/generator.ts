// What all generators of real traffic have in common: programs in nodes, that tell what they see; how
// they are started, watched and ended.

import { LabError, ScenarioError } from '../lab/errors.ts'
import type { Event } from '../lab/events.ts'
import { ofKind } from '../lab/history.ts'
import { programCommand } from '../lab/image/context.ts'
import { human } from '../lab/time.ts'
import type { SessionEvent, TrafficEnded, TrafficEvent, TrafficSample, TransferSample } from '../lab/traffic/events.ts'
import { totals } from '../lab/traffic/record.ts'
import type { Lab } from '../lab/types.ts'
import { type Condition, ready } from '../lab/until.ts'
import type { Look } from './steadiness.ts'
import type { Flow } from './traffic.ts'

/** A program of the lab's image that runs in a node. */
export type Running = {
  readonly node: string
  readonly program: string
  readonly side: 'client' | 'server'
  readonly options: object
  /** TCP port that it listens on before anybody may connect. */
  readonly listens?: number
}

/** What a flow's generator has told. */
export type Heard = {
  readonly samples: readonly TrafficSample[]
  readonly moved: readonly TransferSample[]
  readonly sessions: readonly SessionEvent[]
}

export type Generator = {
  readonly about: Omit<TrafficEvent, 'kind' | 'phase'>
  /** Servers first; they are ended last. */
  readonly programs: (port: number) => readonly Running[]
  /** By what was told in spans that began after somebody asked; sessions by all that happened to them. */
  readonly answered: (heard: Heard) => Look
  readonly sustained: (heard: Heard, forNs: number) => Look
  readonly sustainedNs: number
}

/** TCP and UDP ports of generators' servers, one flow each. */
const FIRST_PORT = 7100

type Process = Running & { readonly pid: number; readonly mark: string }

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

async function launch(lab: Lab, flow: string, id: number, running: Running): Promise<Process> {
  const { node, program, options, listens } = running
  const common = { flow, id, epoch: lab.history.epoch }
  const argument = JSON.stringify({ ...options, ...common })
  const command = `${programCommand(program)} ${quote(argument)} >&$LINES_FD 2>&1 </dev/null & echo $!`
  const { out } = await lab.run(node, command)
  if (listens !== undefined) await listening(lab, node, listens, flow)
  return { ...running, pid: Number(out.trim()), mark: JSON.stringify(common).slice(1, -1) }
}

/** Asks 200 times, 50 ms apart: Node takes a fifth of a second to start, on a busy machine many of them. */
const OPEN = (port: number) =>
  `for i in {1..200}; do ss -Hltn 'sport = :${port}' | grep -q LISTEN && break; sleep 0.05; done; [ $i -lt 200 ]`

async function listening(lab: Lab, node: string, port: number, flow: string): Promise<void> {
  const { exit } = await lab.try(node, OPEN(port))
  if (exit !== 0)
    throw new LabError(`waited 10s for the server of ${flow} at ${node} to listen; nothing on port ${port}`)
}

/** Ends a program that still runs, and waits for its last word. What died with its node is gone already. */
async function end(lab: Lab, flow: string, { node, pid, mark, side }: Process, fromNs: number): Promise<void> {
  if (!lab.alive(node)) return
  const kill = `grep -qaF ${quote(mark)} /proc/${pid}/cmdline 2>/dev/null && kill -TERM ${pid} && echo told && wait ${pid}`
  const { out } = await lab.try(node, kill)
  if (!out.includes('told')) return
  const look = () =>
    !lab.alive(node) ||
    ofKind(lab.history, 'traffic-ended').some((e) => e.flow === flow && e.side === side && e.atNs >= fromNs)
  if (look()) return
  const ended: Condition<Lab> = {
    name: `the last word of the ${side} of ${flow}`,
    look: async () => ({ holds: look(), saw: look() ? 'it ended' : 'nothing yet' }),
  }
  // A test that was told to stop wants its generators ended all the same, so this wait takes no signal.
  await ready({ ...lab, signal: undefined }, ended, { within: '10s' })
}

/** Refused where the records of two flows would run into each other. */
function refuseTwice(lab: Pick<Lab, 'history'>, name: string): void {
  const last = ofKind(lab.history, 'traffic').findLast(({ flow }) => flow === name)
  if (last?.phase === 'started') throw new ScenarioError(`${name} is being sent already; two at once are one mix`)
}

/** Starts the programs of a flow, all or none. */
export async function startGenerator(lab: Lab, generator: Generator): Promise<Flow> {
  const { about, programs, sustainedNs } = generator
  const { flow } = about
  refuseTwice(lab, flow)
  const id = ofKind(lab.history, 'traffic').filter(({ phase }) => phase === 'started').length
  // Told before the first wait, so that a flow that is started at the same time takes another number.
  const beganNs = lab.history.record('traffic', { kind: 'traffic', phase: 'started', ...about }).atNs
  const heard = { samples: [] as TrafficSample[], moved: [] as TransferSample[], sessions: [] as SessionEvent[] }
  let ended: TrafficEnded | undefined
  const unwatch = lab.history.watch((event: Event) => {
    if (event.kind === 'traffic-sample' && event.flow === flow) heard.samples.push(event)
    if (event.kind === 'transfer-sample' && event.flow === flow) heard.moved.push(event)
    if (event.kind === 'session' && event.flow === flow) heard.sessions.push(event)
    if (event.kind === 'traffic-ended' && event.flow === flow && event.why !== '') ended ??= event
  })
  const all = { fromNs: Number.NEGATIVE_INFINITY, toNs: Number.POSITIVE_INFINITY }
  const write = () => void lab.history.record('traffic', totals(lab.history, flow, all))
  const unsettle = lab.history.onSettle(write)

  const running: Process[] = []
  const stop = lab.defer(`stop ${flow}`, async () => {
    try {
      for (const each of running.toReversed()) await end(lab, flow, each, beganNs)
    } finally {
      unsettle()
      unwatch()
      lab.history.record('traffic', { kind: 'traffic', phase: 'stopped', ...about })
      write()
    }
  })
  try {
    for (const each of programs(FIRST_PORT + id)) running.push(await launch(lab, flow, id, each))
  } catch (error) {
    await stop().catch((failed: unknown) => lab.blame(`stop ${flow}`, failed))
    throw error
  }

  /** Why nothing can be told any more, if so. */
  const over = (): string | undefined => {
    const dead = running.find(({ node }) => !lab.alive(node))
    if (dead) return `${dead.node} does not run`
    if (ended) throw new LabError(`the ${ended.side} of ${flow} ended by itself: ${ended.why}`)
    return undefined
  }
  /** What counts begins when the condition is asked for: what was told of before says nothing of now. */
  const since = (wanted: string, look: (heard: Heard) => Look): Condition<Lab> => {
    const sinceNs = lab.history.now()
    return {
      name: `${flow} ${wanted}`,
      look: async () => {
        const why = over()
        if (why) return { holds: false, saw: why }
        const later = <S extends { readonly fromNs: number }>(of: readonly S[]) =>
          of.filter(({ fromNs }) => fromNs >= sinceNs)
        return look({ samples: later(heard.samples), moved: later(heard.moved), sessions: heard.sessions })
      },
    }
  }
  return {
    name: flow,
    get answered() {
      return since('to be answered', generator.answered)
    },
    get sustained() {
      return since(`to be answered without a failure for ${human(sustainedNs)}`, (told) =>
        generator.sustained(told, sustainedNs),
      )
    },
    stop,
    [Symbol.asyncDispose]: () => stop().catch((error: unknown) => lab.blame(`stop ${flow}`, error)),
  }
}
