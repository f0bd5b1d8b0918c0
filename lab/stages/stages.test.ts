import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { death, MS, S } from '../loss/made-history.ts'
import { after, failover, lostMs, madeOutage, stagesIn } from './made-outage.ts'
import { longest, type Stages } from './stage.ts'

const topology = twoVpcs
const brief = ({ stages }: Stages) =>
  stages.map(({ name, toNs, ended }) => [name, Math.round(toNs / MS), ended.source] as const)

test('each stage ends with an event that says who, where and when', () => {
  const told = stagesIn(madeOutage({ topology, story: lostMs([0, 350]), events: failover }))
  expect(told && brief(told)).toEqual([
    ['detected', 277, 'bfdd at chassis-1'],
    ['decided', 278, 'bgpd at chassis-1'],
    ['decided', 328, 'bgpd at chassis-1'],
    ['installed', 340, 'kernel at chassis-1'],
    ['advertised', 346, 'ovn-controller, in the SB'],
    ['decided', 347, 'northd, in the SB'],
    ['installed', 349, 'ovs-vswitchd at chassis-1'],
    ['first packet', 349, 'taps'],
  ])
  expect(told?.stages[0]?.timer).toEqual({ name: 'BFD 3 × 100 ms', lowNs: 200e6, highNs: 300e6 })
  expect(told && longest(told)?.ended.event).toBe('BFD with nat-gw-a-1 down, control expired')
})

test('red: what nobody told of is unattributed, and never made up', () => {
  for (const history of [
    madeOutage({ topology, story: lostMs([0, 350]) }),
    madeOutage({ story: lostMs([0, 350]), events: failover }), // nobody wrote down what the lab is made of
  ]) {
    const told = stagesIn(history)
    expect(told && brief(told)).toEqual([['unattributed', 349, 'taps']])
    expect(told?.totalNs).toBe(told?.stages[0]?.toNs)
  }
})

test('what passes between the last event and the first packet is unattributed', () => {
  const told = stagesIn(madeOutage({ topology, story: lostMs([0, 470]), events: failover }))
  const last = told?.stages.at(-1)
  expect(last).toMatchObject({
    name: 'unattributed',
    fromNs: 349 * MS,
    toNs: 469 * MS,
    ended: { event: 'first packet' },
  })
})

test('a loss that ends with its fault needs no detection', () => {
  const struck = { appliedNs: 3 * S, healingNs: 3 * S + 500 * MS }
  const history = madeOutage({ topology, struck, story: lostMs([0, 500]) })
  const during = stagesIn(history)
  expect(during && brief(during)).toEqual([
    ['healed', 499, 'chaos'],
    ['first packet', 499, 'taps'],
  ])
  expect(stagesIn(history, { after: death })?.stages).toMatchObject([{ name: 'first packet' }])
})

test('spells between losses are told, with what changed the way in the gap before a loss', () => {
  const moved = after(899, 'chassis-1', {
    kind: 'flow-table',
    layer: 'openflow',
    changes: [{ datapath: '1001', tables: ['8'], added: 1, deleted: 0, modified: 0 }],
  })
  const told = stagesIn(madeOutage({ topology, story: lostMs([0, 350], [900, 950]), events: [...failover, moved] }))
  expect(told?.spells.map(({ is, toNs, onset }) => [is, Math.round(toNs / MS), onset?.event])).toEqual([
    ['passed', -1, undefined],
    ['lost', 349, undefined],
    ['passed', 899, undefined],
    ['lost', 949, '1 OpenFlow rule of lr-vpc-a in table 8'],
  ])
  expect(told && brief(told).slice(-3)).toEqual([
    ['first packet', 349, 'taps'],
    ['unattributed', 899, 'ovs-vswitchd at chassis-1'],
    ['unattributed', 949, 'taps'],
  ])
})

test('an outage without an end is told as far as it was seen', () => {
  const told = stagesIn(madeOutage({ topology, story: lostMs([0, 60_000]), events: failover }))
  expect(told).toMatchObject({ recovered: false })
  expect(told?.stages.at(-1)).toMatchObject({ name: 'unattributed', ended: { event: 'not back when the record ends' } })
})

test('nothing lost, or no fault: no stages', () => {
  expect(stagesIn(madeOutage({ topology, events: failover }))).toBeUndefined()
  expect(stagesIn(madeOutage({ topology, story: lostMs([0, 350]) }), {})).toBeUndefined()
})

test('of a rate of loss only the last end is explained', () => {
  const losses = Array.from({ length: 40 }, (_, i) => [20 * i, 20 * i + 3] as [number, number])
  const told = stagesIn(madeOutage({ topology, story: lostMs(...losses) }))
  expect(told?.stages).toHaveLength(1)
  expect(told?.spells).toHaveLength(80)
})
