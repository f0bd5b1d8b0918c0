// Whatever a history holds, in whatever order: stages follow each other, and add up.

import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import type { Event } from '../events.ts'
import { death, MS, S } from '../loss/made-history.ts'
import { failover, lostMs, madeOutage, stagesIn, type Told } from './made-outage.ts'

/** mulberry32: small, seeded, good enough to make up runs. */
function random(seed: number) {
  let state = seed
  return (from: number, to: number) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return from + (((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * (to - from)
  }
}

/** Losses in order, each followed by a spell that passes; now and then one without an end. */
function losses(next: ReturnType<typeof random>): [number, number][] {
  let ms = next(-1, 30)
  return Array.from({ length: Math.floor(next(1, 12)) }, () => {
    const from = ms
    const to = from + next(2, 700)
    ms = to + next(5, 400)
    return [from, to]
  })
}

/** Events of a failover, some of them left out, some told twice, at any time. */
function events(next: ReturnType<typeof random>): Event[] {
  return Array.from({ length: Math.floor(next(0, 40)) }, (): Event => {
    const one = failover[Math.floor(next(0, failover.length))]
    if (!one) throw new Error('no event')
    return { ...one, atNs: 3 * S + next(-500, 7000) * MS }
  })
}

/** 1 ns: what sums of hundreds of fractions may be off by. */
const same = (a: number, b: number) => Math.abs(a - b) < 1

/** What is wrong with the sums of these stages, if anything is. */
function wrong({ stages, spells, totalNs, recovered, outageNs }: Told): string | undefined {
  const [first] = stages
  if (!first) return 'no stage'
  const broken = stages.find(({ fromNs }, i) => i > 0 && fromNs !== stages[i - 1]?.toNs)
  if (broken) return `a gap at ${broken.fromNs}`
  if (stages.some(({ fromNs, toNs }) => toNs < fromNs)) return 'a stage that ends before it begins'
  if (stages.some(({ lostNs, fromNs, toNs }, i) => lostNs < 0 || (i > 0 && lostNs > toNs - fromNs)))
    return 'lost beyond it'
  const sum = (all: readonly number[]) => all.reduce((total, each) => total + each, 0)
  if (!same(sum(stages.map(({ fromNs, toNs }) => toNs - fromNs)), totalNs)) return `not ${totalNs} in all`
  if (!same(sum(spells.map(({ fromNs, toNs }) => toNs - fromNs)), totalNs)) return `spells are not ${totalNs} in all`
  if (recovered && !same(sum(stages.map(({ lostNs }) => lostNs)), outageNs)) return `not ${outageNs} lost`
  return undefined
}

const SEEDS = Array.from({ length: 150 }, (_, seed) => seed)

test('stages are without a gap, in order of time, and add up to the total and to what was lost', () => {
  const found = SEEDS.flatMap((seed) => {
    const next = random(seed)
    const healed = next(0, 1) < 0.5 ? { healingNs: 3 * S + next(100, 5000) * MS } : {}
    const struck = { appliedNs: 3 * S, widthNs: next(0, 20) * MS, ...healed }
    const story = { gapNs: 4 * MS, endNs: 9 * S, ...lostMs(...losses(next)) }
    const history = madeOutage({ topology: twoVpcs, struck, story, events: events(next) })
    return [{ during: death }, ...(struck.healingNs ? [{ after: death }] : [])].flatMap((when) => {
      const told = stagesIn(history, when)
      return told ? [{ seed, when: Object.keys(when)[0], wrong: wrong(told) }] : []
    })
  })
  expect(found.filter((one) => one.wrong)).toEqual([])
  expect(found.length).toBeGreaterThan(150)
})

test('the same history always has the same stages, in whatever order its events were written down', () => {
  for (const seed of SEEDS.slice(0, 20)) {
    const next = random(seed)
    const story = { gapNs: 4 * MS, endNs: 9 * S, ...lostMs(...losses(next)) }
    const told = events(next)
    const stages = stagesIn(madeOutage({ topology: twoVpcs, story, events: told }))
    expect(stagesIn(madeOutage({ topology: twoVpcs, story, events: told.toReversed() }))).toEqual(stages)
  }
})
