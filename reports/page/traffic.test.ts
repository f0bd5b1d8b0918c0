import { expect, test } from 'vitest'
import { madeRequests, madeSessions, madeTransfer } from '../../lab/traffic/made-traffic.ts'
import { unbalanced } from '../testing/markup.ts'
import { trafficFlows } from '../traffic/rows.ts'
import { trafficLines } from '../traffic/words.ts'
import { trafficSection } from './traffic.ts'

const S = 1e9
const page = (events: Parameters<typeof trafficFlows>[0]) => trafficSection(trafficFlows(events))?.html ?? ''
const text = (html: string) =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

test('requests are told by whose they are, and by phase', () => {
  const bad = { latencyNs: Array(94).fill(2e6), errors: { timeout: 6 } }
  const html = page(madeRequests({ 6: bad }).events)
  expect(unbalanced(html)).toEqual([])
  expect(text(html)).toContain('tenant-1 · vpc-a · web → app')
  expect(text(html)).toMatch(/http vpc-a-web-1 → vpc-a-app-1 100 requests\/s asked before 100\/s 0 2\.0ms/)
  expect(text(html)).toMatch(/during death of nat-gw-a-1 98\/s 6 \(2%\): 6 timeout/)
  expect(text(html)).toMatch(/after death of nat-gw-a-1 100\/s 0/)
})

test('bulk data shows what the receiver got, and the lowest second', () => {
  expect(text(page(madeTransfer({ 6: 0 }).events))).toContain('during death of nat-gw-a-1 26.7 Mbit/s 0 kbit/s 7')
})

test('sessions show what became of them, and for how long new ones failed', () => {
  const happenings = [
    { session: 1, phase: 'reset', atNs: 6 * S, sinceNs: 5.5 * S },
    { session: 2, phase: 'silent', atNs: 5.4 * S, sinceNs: 5.3 * S },
    { session: 2, phase: 'resumed', atNs: 5.9 * S, sinceNs: 5.3 * S },
  ] as const
  const made = (refusedUntilNs: number) => madeSessions({ happenings, refused: [[5 * S, refusedUntilNs]] })
  expect(text(page(made(5.25 * S).events))).toMatch(
    /during death of nat-gw-a-1 10 9 1 reset 0 below 100ms 600ms 600ms 3 of 30 303ms/,
  )
  expect(text(page(made(99 * S).events))).toContain('30 of 30 to the end')
})

test('a run without real traffic has no such section, and one with it a line for each flow', () => {
  expect(trafficSection([])).toBeUndefined()
  expect(trafficLines(trafficFlows(madeRequests().events))).toEqual([
    'http vpc-a-web-1 → vpc-a-app-1: 1000 answered, none failed; p50 2.0ms p99 2.0ms max 2.0ms',
  ])
  expect(trafficLines(trafficFlows(madeTransfer().events))[0]).toBe(
    'tcp vpc-a-web-2 → vpc-a-web-1: 40.0 Mbit/s, 0 retransmits',
  )
  expect(trafficLines(trafficFlows(madeSessions({}).events))[0]).toBe(
    'sessions vpc-a-web-1 → internet: 10 held: 10 survived; no pause above 100ms; 0 of 100 new ones failed',
  )
})
