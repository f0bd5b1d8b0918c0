// Taps that could not keep up saw less than there was: nothing is claimed from what they did see.
//
//     vpc-a-web-1 ── lr-vpc-a ── nat-gw-a-1 ── internet
//     16 × 500 pps, each way     seen 6 times each, 96,000 packets a second
//
// The kernel keeps 32 MB for the taps, about 180 bytes a packet: 2 s. They are frozen for 4 s.

import { expect, test } from 'vitest'
import { outage, verify } from '../../checks/index.ts'
import { oneVpc } from '../../fixtures/one-vpc.ts'
import { startLab, until } from '../../lab/index.ts'
import { PATCHBAY } from '../../lab/patchbay/node.ts'
import { reached } from '../../lab/until.ts'
import { probe, send } from '../../traffic/index.ts'
import { failure } from './failure.ts'

/** The patchbay sees the processes of every lab: a signal for the tap of this one. */
const tell = (signal: string) =>
  `for p in $(pgrep -x tap); do cmp -s /proc/$p/cgroup /proc/self/cgroup && kill -${signal} $p; done; true`

test('taps that lost sightings leave no verdict, and say how many they lost', async (run) => {
  const ends: (() => Promise<void>)[] = []
  run.onTestFinished(() => failure(() => Promise.all(ends.splice(0).map((end) => end()))).then(() => undefined))
  const onTestFinished = (end: () => Promise<void>) => void ends.push(end)
  const lab = await startLab(oneVpc, { task: run.task, signal: run.signal, onTestFinished })
  const users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', rate: '500pps', flows: 16 }))
  await until(lab, users.answered, { within: '15s' })

  await lab.run(PATCHBAY, tell('STOP'))
  await reached(lab, lab.history.now() + 4e9)
  await lab.run(PATCHBAY, tell('CONT'))

  const incomplete = /^LabError: invalid: the capture in the patchbay is not complete: no room for \d+ probes$/
  expect(await failure(() => until(lab, users.answered, { within: '15s' }))).toMatch(incomplete)
  expect(await failure(() => verify(lab.history, [outage({ of: users, atMost: '1s' })]))).toMatch(incomplete)
  expect(await failure(() => users.stop())).toMatch(incomplete)
  const told = await failure(() => ends.shift()?.())
  expect(told).toMatch(/^LabError: invalid: lab one-vpc-\w+ did not end cleanly: .*no room for \d+ probes/)
})
