// `npm run setup`, second half: the dependencies are there (bootstrap.mjs saw to that), now the engine
// and its images.

import { parseArgs } from 'node:util'
import { reason } from '../errors.ts'
import { defaultSuite } from '../image/name.ts'
import { baseImageStep } from './base-image-step.ts'
import { since } from './command.ts'
import { engineStep } from './engine-step.ts'
import { labImageStep } from './lab-image-step.ts'
import { say } from './say.ts'
import { report, take } from './take.ts'

const { values } = parseArgs({
  options: { check: { type: 'boolean' }, suite: { type: 'string', default: defaultSuite } },
})
const steps = [engineStep, baseImageStep(values.suite), labImageStep(values.suite)]
const start = process.hrtime.bigint()

try {
  if (values.check) process.exitCode = (await report(steps)) ? 0 : 1
  else {
    await take(steps)
    const run = values.suite === defaultSuite ? 'npm test' : `GAMEDAY_SUITE=${values.suite} npm test`
    say.line(`ready after ${since(start)}; now: ${run}`)
  }
} catch (thrown) {
  say.failure(thrown instanceof Error ? thrown.message : reason(thrown))
  process.exitCode = 1
}
