import { expect, test } from 'vitest'
import { ScenarioError } from '../lab/errors.ts'
import { bothWays, death, MS, madeHistory, S, type Story } from '../lab/loss/made-history.ts'
import { blastRadius } from './blast-radius.ts'

const users = { name: 'probe vpc-a-web-1 → internet' }
const neighbour = { name: 'probe vpc-b-web-1 → internet' }
const other = { name: 'probe vpc-b-web-1 → vpc-b-app-1' }
const struck = { appliedNs: 5 * S, healingNs: 7 * S }
const outage = { down: [{ fromNs: 5 * S, toNs: 5.4 * S }] }
const radius = blastRadius({ of: death, declared: [users], bystanders: [neighbour, other] })

/** What each of the three went through. */
const judged = (
  stories: { users?: Story; neighbour?: Story; other?: Story },
  when: typeof struck | undefined = struck,
) =>
  radius.judge(
    madeHistory(
      [
        ...bothWays({ flow: users.name, ...stories.users }),
        ...bothWays({ flow: neighbour.name, ...stories.neighbour }),
        ...bothWays({ flow: other.name, ...stories.other }),
      ],
      when,
    ),
  )

test('a fault that is felt where it was declared, and nowhere else, keeps within its blast radius', () => {
  expect(judged({ users: outage })).toEqual({
    is: 'upheld',
    measured: `felt by 1 of 1 declared and 0 of 2 bystanders; declared ${users.name}; observed ${users.name}`,
    measures: [
      { name: 'declared_blast_radius', value: 1, unit: 'pairs' },
      { name: 'observed_blast_radius', value: 1, unit: 'pairs' },
      { name: 'bystanders', value: 2, unit: 'pairs' },
    ],
  })
})

test.each([
  ['while it is in force', { down: [{ fromNs: 6 * S, toNs: 6 * S + 5 * MS }] }],
  ['after it was healed', { down: [{ fromNs: 8 * S, toNs: 8 * S + 5 * MS }] }],
])('a bystander that is impaired %s breaks it, by name, beside both lists', (_, story) => {
  const verdict = judged({ users: outage, other: story })
  expect(verdict).toMatchObject({ is: 'broken' })
  expect(verdict.is === 'upheld' ? '' : verdict.because).toMatch(
    new RegExp(
      `^blast radius of ${death.name} within 1 declared flows, was felt by ${other.name}: .*[12] lost.*; felt by 1 of 1 declared and 1 of 2 bystanders; declared ${users.name}; observed ${users.name}, ${other.name}$`,
    ),
  )
})

test('a fault that nobody felt is undecided', () => {
  expect(judged({})).toMatchObject({ is: 'undecided', because: expect.stringContaining(', nobody felt anything; ') })
})

test('a bystander of which nothing is known leaves it undecided', () => {
  const silent = { stalled: [{ fromNs: 0, toNs: 60 * S }] }
  expect(judged({ users: outage, other: silent })).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining(other.name),
  })
})

test('a bystander that was not well before the fault leaves it undecided', () => {
  const unwell = { down: [{ fromNs: 3 * S, toNs: 3 * S + 5 * MS }] }
  expect(judged({ users: outage, other: unwell })).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining('steady state was not met'),
  })
})

test('one that felt the fault breaks it, whatever is unknown of others', () => {
  const silent = { stalled: [{ fromNs: 0, toNs: 60 * S }] }
  expect(judged({ users: outage, neighbour: outage, other: silent })).toMatchObject({ is: 'broken' })
})

test('a fault that was never injected is undecided', () => {
  const never = madeHistory([...bothWays({ flow: users.name }), ...bothWays({ flow: neighbour.name })])
  expect(radius.judge(never)).toMatchObject({
    is: 'undecided',
    because: expect.stringContaining(`${death.name} was never applied`),
  })
})

test('a fault that is still in force is judged by what was felt so far', () => {
  const history = madeHistory(
    [
      ...bothWays({ flow: users.name, ...outage }),
      ...bothWays({ flow: neighbour.name }),
      ...bothWays({ flow: other.name }),
    ],
    { appliedNs: 5 * S },
  )
  expect(radius.judge(history)).toMatchObject({ is: 'upheld' })
})

test('a flow on both sides, and a side without flows, are refused', () => {
  expect(() => blastRadius({ of: death, declared: [users], bystanders: [neighbour, users] })).toThrow(
    new ScenarioError(`${users.name} is both declared and a bystander of ${death.name}`),
  )
  for (const sides of [
    { declared: [], bystanders: [users] },
    { declared: [users], bystanders: [] },
  ])
    expect(() => blastRadius({ of: death, ...sides })).toThrow(ScenarioError)
})
