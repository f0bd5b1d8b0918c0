// A scenario without a lab: it leaves the history of a made-up run and publishes its events, as
// startLab does. Its tests end in the ways that a test can.
//
//     nobody ── nowhere

import { channel } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import { Finding, LabError, ScenarioError } from '../../lab/errors.ts'
import { natFailover } from './nat-failover.ts'

const out = process.env.FAKE_OUT ?? ''

function pretend(run: TestContext, scenario: string): void {
  const evidence = join(out, scenario, '2026-11-22T15-45-08.000')
  mkdirSync(evidence, { recursive: true })
  Object.assign(run.task.meta, { gameday: { evidence } })
  const { events, topology, versions, epochMs } = natFailover()
  const lines = [{ epoch: String(BigInt(epochMs) * 1_000_000n) }, ...events]
  writeFileSync(join(evidence, 'topology.json'), JSON.stringify(topology))
  writeFileSync(join(evidence, 'versions.json'), JSON.stringify(versions))
  // A lab ends later than its test.
  run.onTestFinished(() =>
    writeFile(join(evidence, 'history.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n')),
  )
  for (const event of events.slice(0, 4)) channel('ovn-gameday:event').publish({ evidence, event })
}

test('a claim that holds', (run) => pretend(run, 'holds'))

test('a claim that breaks', (run) => {
  pretend(run, 'breaks')
  throw new Finding('broken: outage at most 1s, was 3.421s ± 1ms')
})

test('a machine that falls short', (run) => {
  pretend(run, 'falls-short')
  throw new LabError('undecided: saw 0 probes')
})

test('a machine that recovers', (run) => {
  const attempt = 1 + (run.task.result?.retryCount ?? 0)
  pretend(run, `recovers-${attempt}`)
  if (attempt === 1) throw new LabError('invalid: the machine stood still')
})

test('a scenario that asks too much', (run) => {
  pretend(run, 'asks-too-much')
  throw new ScenarioError("no node 'nat-gw-c-1'")
})

test('a claim that takes too long', { timeout: 100 }, async (run) => {
  pretend(run, 'takes-too-long')
  await once(run.signal, 'abort')
})
