import { expect, test } from 'vitest'
import { twoVpcs } from '../fixtures/two-vpcs.ts'
import type { FlowRecord } from '../lab/events.ts'
import { newHistory } from '../lab/history.ts'
import { samplesIn } from '../lab/monitor/exported.ts'
import { exported, PROBE_FRAME } from './exported.ts'

const MS = 1e6
const S = 1e9
const users = { name: 'probe vpc-a-web-1 → vpc-a-app-1' }
const [from, to] = [{ name: 'scrape 1' }, { name: 'scrape 2' }]

type Told = { readonly rx: number; readonly tx: number; readonly tenant?: string; readonly tier?: string }

/** 1000 probes from web to app, one each ms, all between the scrapes; every tenth is lost where it is said. */
function madeHistory(reached: 'sender' | 'way' | 'receiver', told: Told) {
  const history = newHistory()
  history.record('lab', { kind: 'topology', topology: twoVpcs })
  const flow = { from: 'vpc-a-web-1', to: 'vpc-a-app-1', ratePps: 1000 }
  history.record('scenario', { kind: 'flow', flow: users.name, phase: 'started', ...flow }, 0)
  const inNs = Array.from({ length: 1000 }, (_, i) => 2 * S + i * MS)
  const lost = inNs.filter((_, i) => i % 10 === 0)
  const record: FlowRecord = {
    kind: 'flow-record',
    flow: users.name,
    direction: 'forward',
    gapNs: MS,
    numbers: inNs.map((_, i) => i),
    inNs,
    outNs: inNs.map((ns, i) => (i % 10 === 0 ? null : ns + MS)),
    lastSeenNs: lost,
    reached: lost.map(() => reached),
    duplicates: 0,
    sources: [],
    paths: [],
  }
  history.record('taps', record, 4 * S)
  const { rx, tx, tenant = 'tenant-1', tier = 'web' } = told
  const port = { logical_port: 'vpc-a-web-1', tenant, tier }
  const sample = (name: string, value: number) => ({ metric: `ovs_interface_${name}`, labels: port, value })
  for (const [index, { name }] of [from, to].entries())
    for (const node of ['chassis-1', 'chassis-2', 'chassis-3'])
      history.record('monitor', {
        kind: 'exported',
        scrape: name,
        node,
        bracket: { fromNs: (1 + 3 * index) * S, toNs: (1 + 3 * index) * S + 50 * MS },
        samples:
          node === 'chassis-1'
            ? [
                sample('rx_packets_total', 7 + rx * index),
                sample('tx_packets_total', 7 + tx * index),
                sample('rx_bytes', 7 + PROBE_FRAME * rx * index),
                sample('tx_bytes', 7 + PROBE_FRAME * tx * index),
              ]
            : [],
      })
  return history
}

const claim = exported({ tenant: 'tenant-1', of: [users], from, to, within: '2%' })

test.each<[string, Parameters<typeof madeHistory>, string]>([
  ['lost on the way: received, not sent', ['way', { rx: 1000, tx: 900 }], 'upheld'],
  ['lost on its link to the switch: neither', ['sender', { rx: 900, tx: 900 }], 'upheld'],
  ['lost on its link from the switch: both', ['receiver', { rx: 1000, tx: 1000 }], 'upheld'],
  ['some packets of others', ['way', { rx: 1018, tx: 910 }], 'upheld'],
  ['too many packets of others', ['way', { rx: 1030, tx: 900 }], 'broken'],
  ['too few', ['way', { rx: 970, tx: 900 }], 'broken'],
  ["another tenant's", ['way', { rx: 1000, tx: 900, tenant: 'tenant-2' }], 'broken'],
  ['of no tier', ['way', { rx: 1000, tx: 900, tier: '' }], 'broken'],
])('%s', (_, made, is) => {
  expect(claim.judge(madeHistory(...made)).is).toBe(is)
})

test.each<[string, { rx: number; tx: number }, string]>([
  ['counts as received', { rx: 1000, tx: 900 }, 'upheld'],
  ['and is missed where it does not', { rx: 900, tx: 900 }, 'broken'],
])('what is lost between the switches %s', (_, told, is) => {
  const inside = exported({ tenant: 'tenant-1', of: [users], from, to, within: '2%', lostIn: 'network' })
  expect(inside.judge(madeHistory('sender', told)).is).toBe(is)
})

test('what is lost in between is judged of all that was sent, and told', () => {
  // Each count by itself is within 2 %.
  const verdict = claim.judge(madeHistory('way', { rx: 1018, tx: 885 }))
  expect(verdict).toMatchObject({
    is: 'broken',
    because: /133 packets lost in between exported, 100 seen \(3\.3% off\)/,
  })
})

test('without scrapes, without flows or without probes nothing is proved', () => {
  const history = madeHistory('way', { rx: 0, tx: 0 })
  const judged = (options: object) =>
    exported({ tenant: 'tenant-1', of: [users], from, to, within: '2%', ...options }).judge(history)
  expect(judged({ to: { name: 'scrape 3' } })).toMatchObject({ is: 'undecided', because: /3 and 0 exporters/ })
  expect(judged({ of: [{ name: 'a flow' }] })).toMatchObject({ is: 'undecided', because: /never sent/ })
  expect(judged({ tenant: 'tenant-2' }).is).toBe('undecided')
  expect(() => exported({ tenant: 't', of: [], from, to, within: '200%' })).toThrow('no share')
})

test('samples are read as Prometheus reads them', () => {
  const text = `# HELP x y
x_total{a="1",b="says \\"no\\" \\\\ {}, c=\\"2\\""} 12
x_total 3.5

`
  expect(samplesIn(text)).toEqual([
    { metric: 'x_total', labels: { a: '1', b: 'says "no" \\ {}, c="2"' }, value: 12 },
    { metric: 'x_total', labels: {}, value: 3.5 },
  ])
})
