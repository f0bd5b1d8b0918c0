import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Outcome } from '../outcome.ts'
import { resultOf } from '../result.ts'
import type { Run } from '../run.ts'
import { fetched, unbalanced } from '../testing/markup.ts'
import { natFailover } from '../testing/nat-failover.ts'
import { topology } from '../testing/topology.ts'
import { timelinePage } from './timeline.ts'

const claim = 'VPC A carries on through its standby NAT gateway'
const because = 'Finding: broken: outage at most 1s, was 3.421s ± 1ms'

function page(run: Run, outcome: Outcome = { is: 'passed' }): string {
  return timelinePage(run, resultOf(run, { test: claim, description: 'a ══ b', outcome }))
}

const attempts: Run['events'] = (['answered', 'silent'] as const).map((outcome, i) => ({
  atNs: i * 1e9,
  source: 'scenario',
  kind: 'attempt',
  from: 'vpc-a-web-1',
  to: 'vpc-a-db-1',
  protocol: 'tcp',
  port: 5432 + i,
  outcome,
  saw: 'timed out',
  sinceNs: 0,
}))

test.each([
  ['a run that passed', natFailover()],
  ['a run that failed', natFailover({ outageMs: 3421, broken: true })],
  ['a run without traffic', { ...natFailover(), events: attempts }],
  ['a run without a topology', { scenario: 'x', epochMs: 0, events: [], versions: {}, files: [] }],
])('the page of %s is well formed and loads nothing', (_, run) => {
  expect(unbalanced(page(run))).toEqual([])
  expect(fetched(page(run))).toEqual([])
})

test('the headline gives claim, verdict and reason', () => {
  const failed = page(natFailover({ broken: true }), { is: 'failed', because })
  expect(failed).toContain(`<h1>${claim}</h1>`)
  expect(failed).toContain('<span class="badge failed">failed</span>')
  expect(failed).toContain(because)
})

test('the result is embedded for machines', () => {
  const [, json = ''] =
    /<script type="application\/json" id="result">([\s\S]*?)<\/script>/.exec(page(natFailover())) ?? []
  expect(JSON.parse(json)).toMatchObject({ is: 'passed', scenario: 'nat-failover', topology: 'two-vpcs' })
})

test('every claim, measure, node, event, parameter, version and file is there', () => {
  const run = natFailover({ broken: true })
  const text = page(run)
  const wanted = [
    'impairment of probe vpc-b-web-1 → internet is none',
    'during death of nat-gw-a-1',
    'vpc-b-db-1',
    'state-change: [mhop:no peer:10.0.255.254',
    '100ms × 3 = 300ms',
    'openvswitch-switch',
    'evidence/capture.pcap',
    'a ══ b',
    '203.0.113.17',
  ]
  for (const each of wanted) expect(text).toContain(each)
})

test('the loss is drawn close up, with its stages told from the strike on', () => {
  const text = page(natFailover())
  expect(text).toContain('<h3>Longest loss during death of nat-gw-a-1</h3>')
  expect(text).toContain('<span class="num">+302ms</span><span class="quiet">BFD</span>')
})

test('who reached whom is a matrix', () => {
  const text = page({ ...natFailover(), events: attempts })
  expect(text).toContain('title="vpc-a-web-1 → vpc-a-db-1 tcp/5433: silent, timed out"')
  expect(text).not.toContain('<h2>Measures</h2>')
})

test('no text of a run becomes markup or script', () => {
  const evil = `</script><script>alert(1)</script><img src=x onerror="x">'`
  const run = natFailover()
  const spoilt: Run = {
    ...run,
    scenario: evil,
    versions: { [evil]: evil },
    files: [evil],
    topology: { ...topology, name: evil, central: { name: evil, address: evil } },
    events: [
      ...run.events,
      { atNs: 20e9, source: evil, kind: 'line', node: evil, stream: 'frr', line: `BGP ADJCHANGE ${evil}` },
      { atNs: 20e9, source: evil, kind: 'verdict', claim: evil, is: 'upheld', measured: evil },
      { atNs: 20e9, source: evil, kind: 'fault', fault: evil, phase: 'applied', targets: [evil] },
      {
        atNs: 20e9,
        source: evil,
        kind: 'attempt',
        from: evil,
        to: evil,
        protocol: 'tcp',
        outcome: 'silent',
        saw: evil,
        sinceNs: 0,
      },
    ],
  }
  const text = timelinePage(
    spoilt,
    resultOf(spoilt, { test: evil, description: evil, outcome: { is: 'failed', because: evil } }),
  )
  expect(text).not.toContain('<script>alert')
  expect(text).not.toContain('<img')
  expect(text.match(/<script/g)).toHaveLength(2)
  expect(unbalanced(text)).toEqual([])
})

test('only our own script may run', () => {
  const text = page(natFailover())
  const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(text) ?? []
  const hash = createHash('sha256').update(script).digest('base64')
  expect(text).toContain(`script-src &#39;sha256-${hash}&#39;`)
})

test('a long run makes a page that a browser can carry', () => {
  const run = natFailover()
  const lines = Array.from({ length: 20_000 }, (_, i) => ({
    atNs: i * 1e6,
    source: 'a',
    kind: 'line' as const,
    node: 'a',
    stream: 'frr',
    line: 'x'.repeat(2000),
  }))
  const text = page({ ...run, events: [...run.events, ...lines] })
  expect(text.length).toBeLessThan(4e6)
  expect(text).toContain('more in history.jsonl')
})
