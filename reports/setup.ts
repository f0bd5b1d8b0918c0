// For vitest, before each file of scenarios: prints what the lab does while it does it, and when a
// test is over leaves its page, its result and its steps for Allure.

import { relative } from 'node:path'
import { styleText } from 'node:util'
import { beforeAll, beforeEach, type TestContext } from 'vitest'
import { reason } from '../lab/errors.ts'
import { messagesOf } from './allure/messages.ts'
import { tell } from './allure/tell.ts'
import { finish } from './finish.ts'
import { listen } from './listen.ts'
import { narrator, type Paint, summary } from './terminal.ts'

// Written past the console, which vitest holds back until the test is over.
const print = (text: string) => process.stderr.write(`${text}\n`)
const paint: Paint = (colour, text) => styleText(colour, text, { stream: process.stderr })

async function report({ task }: TestContext): Promise<void> {
  const { gameday } = task.meta as { gameday?: { evidence: string } }
  if (!gameday) return
  const folder = gameday.evidence
  try {
    const errors = task.result?.errors ?? []
    const { run, result, page } = finish(folder, { test: task.name, file: task.file.filepath, errors })
    print(summary(result, relative(process.cwd(), page), paint))
    await tell(messagesOf(run, result, folder))
  } catch (error) {
    // A report that cannot be written must not change what the run proved.
    print(paint('red', `  no report of this run: ${reason(error)}`))
  }
}

beforeAll(() => {
  // One for each lab: tests of a file may run side by side.
  const narrators = new Map<string, ReturnType<typeof narrator>>()
  return listen(({ evidence, event }) => {
    const narrate = narrators.get(evidence) ?? narrator(paint)
    narrators.set(evidence, narrate)
    const line = narrate(event)
    if (line) print(line)
  })
})

beforeEach((run) => {
  print(`\n${paint('bold', `▸ ${run.task.name}`)}`)
  // Registered first, so run last: after the lab has ended, also when the test ran out of time.
  run.onTestFinished(() => report(run), 60_000)
})
