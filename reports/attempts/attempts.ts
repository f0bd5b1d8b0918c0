// A run that proved nothing may be made again. What the network did is never asked twice.

import { keepsFailed } from '../../lab/keep.ts'

/**
 * How often a test is tried at most, as ATTEMPTS says. Each attempt is a run of its own, with its own lab, evidence
 * and page. Once where a lab that failed is to stay: it would run beside the next.
 */
const ATTEMPTS = keepsFailed() ? 1 : Number(process.env.ATTEMPTS || 3)

/**
 * How the message of an error begins where the run proved nothing: a verdict's or a wait's, or that of a test which
 * got one in place of the failure it wanted to see.
 */
const PROVED_NOTHING = /^(expected '(LabError: )?)?(undecided|invalid): /

/** For vitest, which asks it of the last error of an attempt. */
export const retry = { count: ATTEMPTS - 1, condition: PROVED_NOTHING }

type Attempt = {
  /** From 1 on. */
  readonly number: number
  readonly errors: readonly { readonly message: string }[]
}

/** Whether another attempt follows one that ended with these errors. */
export const goesOn = ({ number, errors }: Attempt): boolean =>
  number < ATTEMPTS && PROVED_NOTHING.test(errors.at(-1)?.message ?? '')
