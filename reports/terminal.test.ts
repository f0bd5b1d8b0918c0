import { expect, test } from 'vitest'
import type { Event } from '../lab/events.ts'
import { told } from './describe.ts'
import { resultOf } from './result.ts'
import { colourfully, liveLine, narrator, plainly, summary } from './terminal.ts'
import { natFailover } from './testing/nat-failover.ts'

const at = (body: object) => ({ atNs: 12.3e9, source: 'lab', ...body }) as Event
const line = (body: object) => liveLine(at(body), plainly)

test('each kind of the story has its line', () => {
  expect(line({ kind: 'act', text: 'ready', tookNs: 2.1e9 })).toBe('  +12.3s  ready (2.10s)')
  expect(
    line({ kind: 'waited', condition: 'next hop to be nat-gw-a-2', held: true, saw: 'nat-gw-a-2', tookNs: 412e6 }),
  ).toBe('  +12.3s  ✓ next hop to be nat-gw-a-2 after 412ms (nat-gw-a-2)')
  expect(line({ kind: 'waited', condition: 'BFD up', held: false, saw: 'down', tookNs: 2e9 })).toBe(
    '  +12.3s  ✗ waited 2.00s for BFD up; last saw down',
  )
  expect(line({ kind: 'fault', fault: 'death of a', phase: 'applied', targets: ['a'] })).toBe(
    '  +12.3s  ↯ death of a applied',
  )
  expect(
    line({ kind: 'verdict', claim: 'outage at most 1s', is: 'broken', measured: 'outage at most 1s, was 2s' }),
  ).toBe('  +12.3s  ✗ outage at most 1s · was 2s')
})

test('evidence has none', () => {
  expect(line({ kind: 'line', node: 'a', stream: 'frr', line: 'x' })).toBeUndefined()
  expect(line({ kind: 'fault', fault: 'death of a', phase: 'planned', targets: [] })).toBeUndefined()
})

test('of many verdicts that hold the first are told, of those that do not all', () => {
  const narrate = narrator(plainly)
  const verdict = (is: string) => narrate(at({ kind: 'verdict', claim: 'a → b', is, measured: 'answered' }))
  const upheld = Array.from({ length: 40 }, () => verdict('upheld')).filter(Boolean)
  expect(upheld).toHaveLength(12)
  expect(verdict('undecided')).toContain('? a → b')
})

test('a verdict does not repeat its claim', () => {
  expect(told({ claim: 'outage of x at most 1s', measured: 'outage of x: forward 1ms\nand more' })).toBe(
    'forward 1ms and more',
  )
  expect(told({ claim: '300 pairs as expected', measured: '300 pairs as expected, was a → b silent' })).toBe(
    'was a → b silent',
  )
  expect(told({ claim: 'loss', measured: '0 of 5' })).toBe('0 of 5')
})

test('the summary says how it ended, what was lost and where the page is', () => {
  const run = natFailover()
  const result = resultOf(run, { test: 'x', description: '', outcome: { is: 'passed' } })
  const lines = summary(result, 'reports/out/x/timeline.html', plainly).split('\n')
  expect(lines[0]).toBe('  passed after 27.4s · 4 of 4 claims upheld')
  expect(lines[1]).toMatch(
    /^ {4}probe vpc-a-web-1 → internet forward during death of nat-gw-a-1: outage 350ms ± .*350 of 6000 lost/,
  )
  expect(lines[2]).toMatch(
    /^ {6}failover time 35[0-3]ms ± .* \(nat-gw-a-1 → nat-gw-a-2\) · full convergence 360ms ± 10\.1ms \(sampled each 10\.0ms, held for/,
  )
  expect(lines).toContain('    nothing lost in the other 3 measures')
  expect(lines.at(-2)).toBe('    reports/out/x/timeline.html')
})

test('below every result stands what it depends on: the noise floor and the timers', () => {
  const result = resultOf(natFailover(), { test: 'x', description: '', outcome: { is: 'passed' } })
  const lines = summary(result, '', plainly).split('\n')
  const at = lines.findIndex((text) => text.includes('noise floor'))
  expect(lines.slice(at, at + 3)).toEqual([
    '    noise floor: gaps up to 1.2ms, 0 lost, 0 duplicated, 0 reordered, one-way delay p99 400us max 400us; control run of 3.00s (short)',
    '    timers: BFD 100ms × 3 = 300ms, tunnel BFD 200ms × 3 = 600ms, BGP hold 3s',
    '    measured: 1000 pps each way, 32 bytes of payload, lost after 2.00s, validated for 1.00s, sampled each 10.0ms at least',
  ])
})

test('colour is only added', () => {
  expect(colourfully('red', 'x')).toBe('\u001b[31mx\u001b[39m')
})
