// For vitest, before each file of scenarios that is only planned: hands each test a plan to note in.

import { beforeEach, type TestContext } from 'vitest'
import { newPlan } from '../../lab/plan/plan.ts'

beforeEach((run: TestContext) => {
  const plan = newPlan()
  Object.assign(run, { plan })
  Object.assign(run.task.meta, { plan: plan.steps })
})
