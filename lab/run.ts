// What a lab wants of the test that owns it. vitest's test context fits; nothing of it is needed.

import { basename } from 'node:path'
import type { Plan } from './plan/plan.ts'
import type { Shelf } from './shelf.ts'

type Task = {
  readonly name: string
  readonly meta: object
  readonly file?: { readonly name?: string; readonly tasks?: readonly unknown[] }
  readonly result?: { readonly state?: string } | undefined
}

export type Run = {
  readonly task?: Task
  /** Aborted when the test is told to stop. */
  readonly signal?: AbortSignal
  /** Runs after the test, whatever became of it. */
  readonly onTestFinished?: (finish: () => Promise<void>, timeoutMs?: number) => void
  /** Where there is one, nothing is started: what would be done is noted in it. */
  readonly plan?: Plan
  /** Where there is one, a lab may come from there, of a scenario before, and go back there. */
  readonly shelf?: Shelf
}

const slug = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60)

/** 'nat-failover' for scenarios/nat-failover.test.ts; with the test's name where the file has several. */
export function scenarioOf({ task }: Run): string {
  if (!task) return 'by-hand'
  const file = basename(task.file?.name ?? 'scenario').replace(/(\.lab)?\.test\.[cm]?[jt]s$/, '')
  return (task.file?.tasks?.length ?? 1) > 1 ? `${file}--${slug(task.name)}` : file
}

/** `cancelled`: somebody stopped the whole run, so there is nothing to tell of this test. */
export type Outcome = 'passed' | 'failed' | 'cancelled'

/** How a test ended. One that ran out of time has failed; its signal is aborted too. */
export function outcomeOf({ task, signal }: Run): Outcome {
  if ((signal?.reason as Error | undefined)?.name === 'TestRunAbortError') return 'cancelled'
  return task?.result?.state === 'fail' ? 'failed' : 'passed'
}
