// What cannot be brought up says so in one line and leaves nothing: no container is started for what
// is wrong from the start, and none is left of what fails on the way.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { oneVpc, topologyNamed, vpcs } from '../../fixtures/index.ts'
import { startLab } from '../lab.ts'
import { changed } from '../topology/broken.ts'
import type { Topology } from '../topology/types.ts'
import { connectEngine } from './client.ts'
import { owner } from './labels.ts'
import { labContainers } from './labs.ts'

/** The error, and the containers of this process that are there when it comes. */
async function refusal(start: () => Promise<unknown>): Promise<readonly [string, readonly string[]]> {
  const error = await start().then(
    () => 'it came up',
    (thrown: unknown) => String(thrown),
  )
  const mine = (await labContainers(await connectEngine())).filter((container) => container.owner === owner())
  return [error, mine.map(({ name }) => name)]
}

test('a topology that is not there is refused with those that are', async () => {
  const [error, left] = await refusal(async () => startLab(topologyNamed('three-vpcs')))
  expect(error).toMatch(/^ScenarioError: no topology 'three-vpcs'; there are two-vpcs, /)
  expect(left).toEqual([])
})

test('a broken topology is refused before anything is started', async ({ task }) => {
  const broken = changed(oneVpc, { 'vpcs.a.workloads.0.chassis': 'chassis-9' }) as Topology
  const [error, left] = await refusal(() => startLab(broken, { task }))
  expect(error).toMatch(/^ScenarioError: one-vpc: .*chassis-9.*chassis-1.*$/)
  expect(left).toEqual([])
})

test('a lab image that is not there is named, and nothing is started', async ({ task, onTestFinished }) => {
  vi.stubEnv('GAMEDAY_SUITE', 'nosuchsuite')
  onTestFinished(() => void vi.unstubAllEnvs())
  const [error, left] = await refusal(() => startLab(oneVpc, { task }))
  expect(error).toMatch(/^LabError: no lab image ovn-gameday-lab:nosuchsuite-[0-9a-f]{12}; run npm run setup$/)
  expect(left).toEqual([])
})

test('a lab that lacks a fact to be ready names it and what was there in its place, and nothing is left but what it logged', async ({
  task,
}) => {
  // Longer than a line of FRR's configuration may be.
  const endless = changed(vpcs(1, { chassis: 2 }), { 'vpcs.a.nat.gateways.1.prepend': 300 }) as Topology
  const [error, left] = await refusal(() => startLab(endless, { task }))
  expect(error).toMatch(
    /^LabError: lab vpcs-1-on-2 did not come up: waited 1\.\d+s for FRR to understand every line of its configuration; last saw nat-gw-a-2: No such command on config line \d+: .*65012/,
  )
  expect(left).toEqual([])
  const { evidence } = (task.meta as { gameday: { evidence: string } }).gameday
  expect(readFileSync(join(evidence, 'evidence/frr-nat-gw-a-1.txt'), 'utf8')).toContain('BGP router identifier')
  expect(readdirSync(join(evidence, 'evidence/logs'))).toEqual(expect.arrayContaining(['central.txt', 'chassis-1.txt']))
})
