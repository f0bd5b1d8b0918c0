// What a fault leaves behind, and what it could not heal, is told when the lab ends: by the place and
// the line of it. The scenario that got so far has passed, and its run has not.
//
//     vpc-a-web-1 ── lr-vpc-a ── nat-gw-a-1 ── internet
//                                a route and a table of nftables that nobody takes away

import { expect, test } from 'vitest'
import { type Fault, inject } from '../../chaos/index.ts'
import { oneVpc } from '../../fixtures/one-vpc.ts'
import { connectEngine } from '../../lab/engine/client.ts'
import { labContainers } from '../../lab/engine/labs.ts'
import { LabError, startLab } from '../../lab/index.ts'
import { failure } from './failure.ts'

const fault = (name: string, breaks: string, heal: () => void): Fault => ({
  name,
  targets: ['nat-gw-a-1'],
  check: () => undefined,
  apply: async (lab) => {
    const { bracket } = await lab.run('nat-gw-a-1', breaks)
    const condition = { name: 'nothing', look: async () => ({ holds: true, saw: 'nothing' }) }
    return {
      bracket,
      effective: condition,
      heal: async () => {
        heal()
        return bracket
      },
      restored: condition,
    }
  },
})

const litter = fault('litter', 'ip route add blackhole 192.0.2.1; nft add table ip litter', () => undefined)
const jam = fault('jam', 'true', () => {
  throw new LabError('it is stuck')
})

test('what a fault left behind and what could not be healed is told when the lab ends', async (run) => {
  const ends: (() => Promise<void>)[] = []
  run.onTestFinished(() => failure(() => Promise.all(ends.splice(0).map((end) => end()))).then(() => undefined))
  const onTestFinished = (end: () => Promise<void>) => void ends.push(end)
  const lab = await startLab(oneVpc, { task: run.task, signal: run.signal, onTestFinished })
  {
    await using _litter = await inject(lab, litter)
    await using _jam = await inject(lab, jam)
  }

  const told = await failure(() => ends.shift()?.())
  expect(told).toMatch(/^LabError: lab one-vpc-\w+ did not end cleanly: left behind by a fault: /)
  expect(told).toContain('+ nat-gw-a-1: blackhole 192.0.2.1')
  expect(told).toContain('+ nat-gw-a-1: table ip litter {')
  expect(told.match(/heal jam: it is stuck/g)).toHaveLength(1)
  const left = (await labContainers(await connectEngine())).filter((container) => container.lab === lab.name)
  expect(left).toEqual([])
})
