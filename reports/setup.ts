// For vitest, before each file of scenarios: prints what the lab does while it does it, and when a
// test is over leaves its page, its result and its steps for Allure.

import { relative } from 'node:path'
import { styleText } from 'node:util'
import { beforeAll, beforeEach, type TestContext } from 'vitest'
import { reason } from '../lab/errors.ts'
import { newShelf, type Shelf } from '../lab/shelf.ts'
import { messagesOf } from './allure/messages.ts'
import { tell } from './allure/tell.ts'
import { goesOn } from './attempts/attempts.ts'
import { finish } from './finish.ts'
import { listen } from './listen.ts'
import { narrator, type Paint, summary } from './terminal.ts'

// Written past the console, which vitest holds back until the test is over.
const print = (text: string) => process.stderr.write(`${text}\n`)
const paint: Paint = (colour, text) => styleText(colour, text, { stream: process.stderr })

const errorsOf = ({ task }: TestContext) => task.result?.errors ?? []
const attemptOf = ({ task }: TestContext) => 1 + (task.result?.retryCount ?? 0)

/** `earlier`: how many errors are of attempts before this one. */
async function report(test: TestContext, earlier: number): Promise<void> {
  const { task } = test
  const { gameday } = task.meta as { gameday?: { evidence: string } }
  if (!gameday) return
  const folder = gameday.evidence
  try {
    const errors = errorsOf(test).slice(earlier)
    const { run, result, page } = finish(folder, { test: task.name, file: task.file.filepath, errors })
    print(summary(result, relative(process.cwd(), page), paint))
    // Allure is told of the attempt that counts; the others have their pages.
    if (!goesOn({ number: attemptOf(test), errors })) await tell(messagesOf(run, result, folder))
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

// Several tests on labs may share one, one after the other; FRESH=1 has each bring up its own.
const { FRESH = '', GAMEDAY_SHARED = '' } = process.env
const SHELF = Symbol.for('ovn-gameday:shelf')

/** Where labs wait, for as long as this process lives: each file of scenarios runs this anew. */
function shelf(): Shelf {
  const place = globalThis as { [SHELF]?: Shelf }
  place[SHELF] ??= newShelf()
  return place[SHELF]
}

beforeEach((run) => {
  const several = GAMEDAY_SHARED === '1' || run.task.file.tasks.length > 1
  if (['', '0'].includes(FRESH) && several && run.task.file.projectName === 'scenarios')
    Object.assign(run, { shelf: shelf() })
  const attempt = attemptOf(run)
  const again = attempt > 1 ? ` (attempt ${attempt}: the one before proved nothing)` : ''
  print(`\n${paint('bold', `▸ ${run.task.name}${again}`)}`)
  const earlier = errorsOf(run).length
  // Registered first, so run last: after the lab has ended, also when the test ran out of time.
  run.onTestFinished(() => report(run, earlier), 60_000)
})
