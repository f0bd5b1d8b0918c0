// What is told of every daemon alike, under the prefix of its family.

import type { Daemon } from './control.ts'
import { conversation, pidOf } from './control.ts'
import { coverage, engines, memory, stopwatches } from './parse/show.ts'
import { type Files, filesOf, type Process, processOf } from './process.ts'
import type { Samples } from './samples.ts'
import { type Source, source } from './source.ts'

export type Prefix = 'ovs' | 'ovn'

/** What a daemon answered, by question. */
export type Answers = ReadonlyMap<string, string>

export type Watched = {
  readonly component: string
  readonly prefix: Prefix
  readonly source: Source<Answers>
  /** What the kernel says of it, whether it answers or not; none where it does not run. */
  readonly process: () => Process | undefined
}

const ALWAYS = ['coverage/show', 'memory/show'] as const

/** `more` questions of its own; `then` makes further ones from the answers. */
export function watched(
  prefix: Prefix,
  daemon: Daemon,
  deadlineMs: number,
  more: readonly string[] = [],
  then: (answers: Answers) => readonly string[] = () => [],
): Watched {
  const { component } = daemon
  let files: { readonly pid: number; readonly of: Files } | undefined
  const talkTo = conversation(daemon)
  const ask = (signal: AbortSignal) =>
    talkTo(signal, async (put) => {
      const answers = new Map<string, string>()
      const round = async (questions: readonly string[]) => {
        const said = await put(...questions)
        for (const [index, text] of said.entries()) if (text !== undefined) answers.set(questions[index] ?? '', text)
      }
      await round([...ALWAYS, ...more])
      await round(then(answers))
      return answers
    })
  return {
    component,
    prefix,
    source: source(component, deadlineMs, ask),
    process: () => {
      const pid = pidOf(daemon)
      if (pid === undefined) return undefined
      if (files?.pid !== pid) files = { pid, of: filesOf(pid) }
      const found = processOf(pid, files.of)
      return found.cpuSeconds === undefined ? undefined : found
    },
  }
}

/** Its process; 0 as its number where it has none. */
export function processSamples(
  { add }: Samples,
  prefix: Prefix,
  component: string,
  process: Process | undefined,
): void {
  const of = { component }
  add(`${prefix}_pid`, process?.pid ?? 0, of)
  if (!process) return
  add(`${prefix}_process_resident_memory_bytes`, process.residentBytes, of)
  add(`${prefix}_process_open_fds`, process.openFds, of)
  add(`${prefix}_process_cpu_seconds_total`, process.cpuSeconds, of)
  add(`${prefix}_process_start_time_seconds`, process.startedAt, of)
  for (const [filename, bytes] of process.logs) add(`${prefix}_log_file_size_bytes`, bytes, { ...of, filename })
  for (const [filename, bytes] of process.databases) add(`${prefix}_db_file_size_bytes`, bytes, { ...of, filename })
}

const INTERVALS = ['5s', '5m', '1h'] as const

/** What it answered; of a daemon that did not there is nothing but that. */
export function answerSamples({ add }: Samples, { prefix, component }: Watched, answers: Answers | undefined): void {
  const of = { component }
  add(`${prefix}_component_up`, answers ? 1 : 0, of)
  for (const { event, rates, total } of coverage(answers?.get('coverage/show') ?? '')) {
    add(`${prefix}_coverage_total`, total, { ...of, event })
    for (const [index, interval] of INTERVALS.entries())
      add(`${prefix}_coverage_avg`, rates[index], { ...of, event, interval })
  }
  for (const [facility, usage] of memory(answers?.get('memory/show') ?? ''))
    add(`${prefix}_memory_usage_bytes`, usage, { ...of, facility })
}

/** How long parts of its work take: ovn-controller and northd. */
export function effortSamples({ add }: Samples, component: string, answers: Answers | undefined): void {
  for (const each of stopwatches(answers?.get('stopwatch/show') ?? '')) {
    const of = { component, stopwatch: each.name }
    add('ovn_stopwatch_samples_total', each.samples, of)
    add('ovn_stopwatch_max_seconds', each.max, of)
    add('ovn_stopwatch_min_seconds', each.min, of)
    add('ovn_stopwatch_p95_seconds', each.p95, of)
    add('ovn_stopwatch_short_avg_seconds', each.shortAverage, of)
    add('ovn_stopwatch_long_avg_seconds', each.longAverage, of)
  }
  for (const each of engines(answers?.get('inc-engine/show-stats') ?? '')) {
    const of = { component, engine_node: each.node }
    add('ovn_engine_recomputes_total', each.recompute, of)
    add('ovn_engine_computes_total', each.compute, of)
    add('ovn_engine_cancels_total', each.cancel, of)
  }
}
