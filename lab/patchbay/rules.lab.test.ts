// Whatever else is done to a link, its rules stay: silence, loss of carrier, another rule, and the death of
// the node at its end, whose links are made anew. BFD, ten packets a second each way, is what they meet.

import { expect, test } from 'vitest'
import { oneVpc } from '../../fixtures/one-vpc.ts'
import { startLab } from '../lab.ts'
import type { Lab } from '../types.ts'
import { type Condition, until } from '../until.ts'
import type { Rule } from './rule.ts'
import type { Course, Standing } from './rules.ts'
import type { Heading } from './wires.ts'

/** UDP 3784 (RFC 5881). */
const BFD = { kinds: [{ protocol: 17, ports: [3784, 3784] }] } as const
const end = { node: 'nat-gw-a-1', device: 'eth1' }
const bothWays: readonly Heading[] = [
  { end, heading: 'from' },
  { end, heading: 'to' },
]

const everywhere = (rule: Rule): Course[] => bothWays.map((heading) => ({ heading, rule }))

/** Each direction counted more of it than it has by now. */
async function more(rule: Standing, of: 'duplicated' | 'lost'): Promise<Condition<Lab>> {
  const before = await rule.tally()
  return {
    name: `more packets ${of} at both directions`,
    look: async () => {
      const now = await rule.tally()
      const grown = now.map((tally, i) => tally[of] - (before[i]?.[of] ?? 0))
      return { holds: grown.every((n) => n > 0), saw: grown.join(' and ') }
    },
  }
}

test('a rule stays through silence, loss of carrier, another rule, and the death of a node', async (run) => {
  await using lab = await startLab(oneVpc, run)
  const { rules } = lab.wires
  const ends = () => lab.wires.named('nat-gw-a-1:eth1').ends
  const copies = await rules.impose('copies', everywhere({ loss: 0, duplicate: 1 }))
  const copied = async () => until(lab, await more(copies, 'duplicated'), { within: '10s' })
  await copied()

  const silence = await rules.impose('silence', everywhere({ loss: 1, duplicate: 0 }))
  const first = await copies.tally()
  await silence.lift()
  await copied()
  await lab.wires.carrier(ends(), false)
  await lab.wires.carrier(ends(), true)
  await copied()

  const drops = await rules.impose('drops', everywhere({ loss: 0.5, duplicate: 0, match: BFD }))
  await until(lab, await more(drops, 'lost'), { within: '10s' })
  expect(await rules.written()).toEqual(ends().map(({ patch }) => `2 at ${patch}`))
  await drops.lift()
  expect([await drops.stands(), await copies.stands()]).toEqual([false, true])
  await copied()

  await lab.kill('nat-gw-a-1')
  const before = await copies.tally()
  await lab.revive('nat-gw-a-1')
  await copied()
  const after = await copies.tally()
  for (const [i, { duplicated, firstNs }] of after.entries()) {
    expect(duplicated).toBeGreaterThan(before[i]?.duplicated ?? 0)
    // The same stamp, read by two clocks one after the other each time.
    expect(Math.abs((firstNs ?? 0) - (first[i]?.firstNs ?? 0))).toBeLessThan(1e6)
  }

  await copies.lift()
  expect(await rules.written()).toEqual([])
})
