import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { KERNEL_WATCH } from '../nodes/plan.ts'
import { COUNTED, kernelWatch } from './table.ts'

/** What the watch makes of these lines of `ip monitor`. */
function heard(lines: readonly string[]): string[] {
  const counting = kernelWatch('198.18.0.0/15').slice(KERNEL_WATCH.length).replace(/^ \| /, '')
  const { stdout, stderr, status } = spawnSync('bash', ['-c', counting], { encoding: 'utf8', input: lines.join('\n') })
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  return stdout.split('\n').filter(Boolean)
}

const stamp = '[2026-11-23T02:00:00.000001]'
const route = (i: number) =>
  `198.${18 + (i >> 14)}.${(i >> 6) & 255}.${(4 * i) & 255}/30 nhid 20 via 100.64.1.1 dev eth1 proto bgp metric 20`
const some = (count: number, verb = '') => Array.from({ length: count }, (_, i) => `${stamp} ${verb}${route(i * 80)}`)

test('routes of the table are counted by the hundred, and told with the stamp of the last', () => {
  expect(heard(some(200))).toEqual([`${stamp} 198.18.0.0/15: 100 prefixes`, `${stamp} 198.18.0.0/15: 200 prefixes`])
  expect(COUNTED.exec('198.18.0.0/15: 200 prefixes')?.[2]).toBe('200')
})

test('a route that is told again counts once, and one that goes counts no more', () => {
  expect(heard([...some(100), ...some(100), ...some(100, 'Deleted ')])).toEqual([
    `${stamp} 198.18.0.0/15: 100 prefixes`,
    `${stamp} 198.18.0.0/15: 0 prefixes`,
  ])
})

test('what is not of the table passes as it is', () => {
  const others = [
    `${stamp} default nhid 7 via 100.64.1.1 dev eth1 proto bgp metric 20`,
    `${stamp} 198.20.0.4/30 nhid 7 via 100.64.1.1 dev eth1 proto bgp metric 20`,
    `${stamp} 198.17.255.252/30 dev eth1 proto bgp`,
    `${stamp} 7: eth1@if8: <BROADCAST,UP,LOWER_UP> mtu 1500`,
  ]
  expect(heard(others)).toEqual(others)
})

test('where there is no table, nothing is counted', () => {
  expect(kernelWatch()).toBe(KERNEL_WATCH)
})
