// A lab that is watched: exporters are scraped over a network that no tenant reaches and that is no way around a
// fault; a node that is made anew is scraped again; what Prometheus answers stands in the history.
//
//     vpc-a-web-1 ── lr-vpc-a ── nat-gw-a-1 ── internet
//                                    ║ mgmt0
//                     central ══ management ══ monitor

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { oneVpc, withMonitor } from '../../fixtures/index.ts'
import { ask, metricIs, startLab, until } from '../index.ts'
import { management } from '../topology/management.ts'
import { PORTS } from './exporters.ts'
import { targets } from './targets.ts'

const topology = withMonitor(oneVpc)

test('exporters are scraped out of band, and a node that is made anew again', { timeout: 120_000 }, async (run) => {
  await using lab = await startLab(topology, run)
  const at = (node: string) => management(topology).find((each) => each.node === node)?.address
  const from = async (node: string, to: string, port: number) =>
    (await lab.try(node, `curl -s -o /dev/null -m 1 -w %{http_code} http://${at(to)}:${port}/`)).out
  expect(await from('monitor', 'nat-gw-a-1', PORTS.node), 'the monitor reaches exporters').toBe('200')
  expect(await from('nat-gw-a-1', 'monitor', PORTS.prometheus), 'a node reaches the monitor').toBe('302')
  expect(await from('nat-gw-a-1', 'central', PORTS.node), 'nodes do not reach each other').toBe('000')
  expect(await from('vpc-a-web-1', 'monitor', PORTS.prometheus), 'a tenant does not reach the monitor').toBe('000')
  expect(await from('vpc-a-web-1', 'nat-gw-a-1', PORTS.node), 'nor its gateway there').toBe('000')

  const up = (value: number) => metricIs('up{job="node",instance="nat-gw-a-1"}', { is: value })
  await lab.kill('nat-gw-a-1')
  await until(lab, up(0), { within: '5s' })
  await lab.revive('nat-gw-a-1')
  await until(lab, up(1), { within: '10s' })

  await ask(lab, [{ asks: 'sum(up)' }, { name: 'a claim that asks nothing' }])
  const answers = lab.history.events.filter((event) => event.kind === 'series')
  const values = answers[0]?.series[0]?.points.map(([, value]) => value) ?? []
  expect(answers).toHaveLength(1)
  expect(values).toContain(targets(topology).length)
  expect(Math.min(...values.slice(-8))).toBeLessThan(targets(topology).length)
  await lab.keepEvidence()
  const kept = readFileSync(join(lab.evidence, 'evidence', 'metrics.json'), 'utf8')
  expect(kept, 'what a failed run keeps').toMatch(/"__name__":"up".*"instance":"nat-gw-a-1".*\[[\d.]+,"0"\]/)

  await expect(ask(lab, [{ asks: 'sum(up' }])).rejects.toThrow(/^no PromQL: sum\(up: /)
})
