import { expect, test } from 'vitest'
import type { Event, EventBody, FaultPhase } from '../../lab/events.ts'
import { type Spent, spentOf } from './spent.ts'
import { whole } from './table.ts'

const S = 1e9
const at = (s: number, body: EventBody): Event => ({ atNs: s * S, source: 'lab', ...body })
const act = (s: number, text: string, took = 0) => at(s, { kind: 'act', text, tookNs: took * S })
const waited = (s: number, took: number) =>
  at(s, { kind: 'waited', condition: 'rain', held: true, saw: '', tookNs: took * S })
const fault = (s: number, phase: FaultPhase, name = 'silence') =>
  at(s, { kind: 'fault', fault: name, phase, targets: [] })
const seconds = (spent: Spent) => Object.fromEntries(Object.entries(spent).map(([part, ns]) => [part, ns / S]))

const story = [
  act(0, 'seed 1'),
  waited(7, 3), // part of bringing it up
  act(8, 'ready', 4),
  waited(11, 2),
  fault(12, 'planned'),
  waited(14, 1), // until it shows: part of the fault
  fault(14, 'applied'),
  fault(15, 'effective'),
  waited(18, 3),
  fault(19, 'healing'),
  fault(20, 'healed'),
  fault(22, 'gone'),
  act(30, 'ended, nothing left', 5),
]

test('each instant of a run counts once, and all of them do', () => {
  const spent = spentOf(story)
  expect(seconds(spent)).toEqual({ bringUp: 8, waiting: 5, faults: 6, ending: 5, measuring: 6 })
  expect(whole(spent)).toBe(30 * S)
})

const ready = act(0, 'ready')

test('a strike that was never planned, and one that never showed', () => {
  expect(seconds(spentOf([ready, fault(1, 'applied'), fault(3, 'effective'), act(4, 'x')]))).toMatchObject({
    faults: 2,
  })
  expect(seconds(spentOf([ready, fault(1, 'planned'), act(4, 'x')]))).toMatchObject({ faults: 0, measuring: 4 })
})

test('faults of another name end nothing', () => {
  const both = [ready, fault(1, 'healing', 'a'), fault(2, 'gone', 'b'), fault(5, 'gone', 'a')]
  expect(seconds(spentOf(both))).toMatchObject({ faults: 4 })
})

test('a lab that never was ready was brought up, until it ended', () => {
  const spent = spentOf([act(0, 'seed 1'), waited(5, 4), act(7, 'ended, nothing left', 1)])
  expect(seconds(spent)).toEqual({ bringUp: 6, waiting: 0, faults: 0, measuring: 0, ending: 1 })
})
