// Where reports are, all of it ignored by git.

import { join } from 'node:path'

export const OUT = join(import.meta.dirname, 'out')
/** What Allure's reporter writes, and its page is made from. */
export const RESULTS = join(OUT, 'allure-results')
