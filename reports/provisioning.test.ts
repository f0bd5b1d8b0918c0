import { expect, test } from 'vitest'
import { twoVpcsGrowing } from '../fixtures/two-vpcs-growing.ts'
import { bothWays, MS, madeHistory, S } from '../lab/loss/made-history.ts'
import { provisioningLines, provisionings } from './provisioning.ts'
import { plainly } from './terminal.ts'

const flow = 'probe vpc-a-new-1 → internet'

function told(from: string) {
  const history = madeHistory(bothWays({ flow, down: [{ fromNs: 0, toNs: 5 * S + 200 * MS }] }))
  history.record('lab', { kind: 'topology', topology: twoVpcsGrowing })
  history.record('traffic', { kind: 'flow', flow, phase: 'started', from, to: 'internet', ratePps: 250 })
  const bracket = { fromNs: 5 * S, toNs: 5 * S + 40 * MS }
  const change = 'addition of ls-vpc-a-new'
  history.record('scenario', { kind: 'nb-change', change, subnet: 'ls-vpc-a-new', bracket }, 5 * S)
  history.record('scenario', { kind: 'nb-change', change: 'removal', subnet: 'ls-vpc-a-new', bracket }, 9 * S)
  const row = { ip_prefix: '10.0.5.0/24' }
  history.record('sb', { kind: 'ovn', table: 'Advertised_Route', action: 'insert', row }, 5 * S + 50 * MS)
  return provisioningLines(provisionings(history.events), plainly)
}

test('a subnet that was added is told step by step, as far as it was seen', () => {
  expect(told('vpc-a-new-1')).toEqual([
    '    addition of ls-vpc-a-new → +40.0ms in the NB (ovn-nbctl) → +50.0ms Advertised_Route (northd) → +201ms first packet of probe vpc-a-new-1 → internet',
    '      → +201ms first answer',
  ])
})

test('a flow from elsewhere tells nothing of it', () => {
  expect(told('vpc-a-web-1')).toEqual([])
})
