import { expect, test } from 'vitest'
import { plainly } from '../terminal.ts'
import { stageLines } from './line.ts'
import { failover, reversion } from './made-stages.ts'

test('the stages stand below their row, each with what ended it', () => {
  expect(stageLines(failover, 'initial', plainly)).toEqual([
    '      fault → +298ms detected (BFD with nat-gw-a-1 down, control expired, bfdd at chassis-1)',
    '      → +348ms decided (best path of 0.0.0.0/0: nat-gw-a-2, bgpd at chassis-1)',
    '      → +354ms installed (1 OpenFlow rule of lr-vpc-a in table 23, ovs-vswitchd at chassis-1) → +358ms first packet (4.0ms unattributed)',
  ])
})

test('the longest stage stands out, and what nothing accounts for', () => {
  const lines = stageLines(failover, 'initial', (colour, text) => `<${colour} ${text}>`).join('\n')
  expect(lines).toContain('<bold → +298ms detected')
  expect(lines).toContain('<yellow → +358ms first packet (4.0ms unattributed)>')
  expect(lines.match(/<bold/g)).toHaveLength(1)
})

test('what passed without loss is left out, and what the loss began with is told', () => {
  expect(stageLines(reversion, 'reversion', plainly)).toEqual([
    '      heal → +5.000s first lost (kernel route to 203.0.113.17/32 via nat-gw-a-1, kernel at internet)',
    '      → +5.020s installed (1 OpenFlow rule of lr-vpc-a in table 23, ovs-vswitchd at chassis-1) → +5.020s first packet',
  ])
})

test('red: without any event all of it is unattributed', () => {
  const [first] = failover.stages
  if (!first) throw new Error('no stage')
  const ended = { event: 'first packet', source: 'taps', atNs: 358e6, resolutionNs: 1e6 }
  const stages = [{ ...first, name: 'unattributed' as const, toNs: 358e6, ended }]
  expect(stageLines({ ...failover, stages }, 'initial', plainly)).toEqual([
    '      fault → +358ms first packet (358ms unattributed)',
  ])
})

test('loss at random is told as one, a few further losses one by one', () => {
  const spells = (times: number) =>
    Array.from({ length: times }, (_, i) => ({ is: 'lost' as const, fromNs: i * 40e6, toNs: i * 40e6 + 4e6 }))
  const line = (times: number) => stageLines({ ...failover, spells: spells(times) }, 'initial', plainly).join(' ')
  expect(line(5).match(/lost again(?!,)/g)).toHaveLength(4)
  expect(line(9).match(/lost again/g)).toEqual(['lost again'])
  expect(line(9)).toContain('→ +40.0ms lost again, 8 times until +324ms')
})
