import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { MS, madeRecord, S } from '../loss/made-history.ts'
import { tapSignals } from './tap-signals.ts'
import { wayOf } from './way.ts'

const out = wayOf(twoVpcs, { from: 'vpc-a-web-1', to: 'internet' }, 'forward', () => ['chassis-1'])
const back = wayOf(twoVpcs, { from: 'vpc-a-web-1', to: 'internet' }, 'reverse', () => ['chassis-1'])

const run = (via: string, fromMs: number, toMs: number) => ({ via, count: 9, firstNs: fromMs * MS, lastNs: toMs * MS })
const lostOn = (to: string, fromMs: number, toMs: number) => ({
  from: 'chassis-1',
  to,
  count: 9,
  firstNs: fromMs * MS,
  lastNs: toMs * MS,
})
const record = (more: object) => ({ ...madeRecord({ endNs: S }), ...more })
const told = (more: object, way = out) =>
  tapSignals(record(more), way).map(({ step, node, atNs }) => [step, node, atNs / MS])

const moved = [run('nat-gw-a-1', 0, 300), run('nat-gw-a-2', 352, 900)]

test('the last packet that a chassis sent to the gateway that the flow then left', () => {
  expect(told({ paths: moved, lostOn: [lostOn('nat-gw-a-1', 301, 350)] })).toEqual([['datapath', 'chassis-1', 350]])
})

test.each([
  ['where the flow goes on by the same gateway', [run('nat-gw-a-1', 0, 900)], [lostOn('nat-gw-a-1', 301, 350)]],
  [
    'where it came back by it',
    [run('nat-gw-a-1', 0, 300), run('nat-gw-a-1', 352, 900)],
    [lostOn('nat-gw-a-1', 301, 350)],
  ],
  ['where it never came back', [run('nat-gw-a-1', 0, 300)], [lostOn('nat-gw-a-1', 301, 350)]],
  ['behind the gateway', moved, [lostOn('internet', 301, 350)]],
])('that is not told %s', (_, paths, lost) => {
  expect(told({ paths, lostOn: lost })).toEqual([])
})

test('what comes back waits for the first packet by each gateway, and while one was lost for something else', () => {
  const outNs = [1 * MS, null, null, 14 * MS]
  const signals = tapSignals(
    record({ inNs: [0, 4 * MS, 8 * MS, 12 * MS], outNs, paths: [run('nat-gw-a-2', 14, 14)] }),
    back,
  )
  expect(signals).toMatchObject([{ step: 'translation', node: 'nat-gw-a-2', atNs: 14 * MS, lostNs: 8 * MS }])
  expect(told({ paths: [run('nat-gw-a-2', 14, 14)] })).toEqual([])
})
