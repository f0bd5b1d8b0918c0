// Reds by culprit, for Allure's Categories.

import { OUTCOME_LABEL } from './messages.ts'

const rule = (name: string, outcome: string) => ({
  name,
  matchers: { labels: { [OUTCOME_LABEL]: outcome } },
  expand: true,
})

export const categories = [
  rule('Findings (the network)', 'failed'),
  rule('Invalid runs (undecided)', 'invalid'),
  rule('Scenario errors', 'error'),
]
