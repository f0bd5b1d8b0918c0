// Who is at fault, in Allure's words: `failed` is the network's, `broken` the machine's or the author's.

import { Status, type TestResult } from 'allure-js-commons'
import type { LifecycleListener } from 'allure-js-commons/sdk/reporter'
import { OUTCOME_LABEL } from './messages.ts'

const STATUS: Readonly<Record<string, Status>> = { passed: Status.PASSED, failed: Status.FAILED }

/** Allure itself would call every error that is no assertion broken, a Finding too. */
export const judge: LifecycleListener = {
  beforeTestResultWrite: (result: TestResult) => {
    const outcome = result.labels.find(({ name }) => name === OUTCOME_LABEL)?.value
    if (outcome && result.status !== Status.SKIPPED) result.status = STATUS[outcome] ?? Status.BROKEN
  },
}
