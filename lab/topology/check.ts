// A topology is checked as a whole before anything starts, so that its author reads all that is
// wrong with it at once, in names, and no lab has to fail to find out.

import { ScenarioError } from '../errors.ts'
import { type Flaw, line } from './flaw.ts'
import { addresses } from './rules/addresses.ts'
import { balance } from './rules/balance.ts'
import { cluster } from './rules/cluster.ts'
import { egress } from './rules/egress.ts'
import { later } from './rules/later.ts'
import { monitor } from './rules/monitor.ts'
import { nat } from './rules/nat.ts'
import { networks } from './rules/networks.ts'
import { placement } from './rules/placement.ts'
import { regions } from './rules/regions.ts'
import { unique } from './rules/unique.ts'
import { topologySchema } from './schema.ts'
import { shapeFlaws } from './shape.ts'
import type { Topology } from './types.ts'

const refusal = (value: unknown, flaws: readonly Flaw[]): ScenarioError => {
  const [first = '', ...others] = flaws.map((flaw) => line(value, flaw))
  return new ScenarioError(first, { evidence: others.join('\n') })
}

const rules = [unique, cluster, placement, nat, networks, addresses, balance, monitor, later, egress, regions]

/**
 * The topology that a value is. Throws a ScenarioError with a line for each flaw, the first one on
 * top and the others below a blank line. What the parts owe each other is only looked at when each
 * has the right shape.
 */
export const checkTopology = (value: unknown): Topology => {
  const parsed = topologySchema.safeParse(value, { reportInput: true })
  if (!parsed.success) throw refusal(value, shapeFlaws(topologySchema, parsed.error.issues))
  const flaws = rules.flatMap((rule) => [...rule(parsed.data)])
  if (flaws.length > 0) throw refusal(value, flaws)
  return parsed.data
}
