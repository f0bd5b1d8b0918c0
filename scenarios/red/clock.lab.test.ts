// A clock that is set while it is measured by makes a run invalid, by how much it was set, whatever else
// looks broken.
//
//     patchbay: the watch, under a clock of its own that is set ahead by 2.5 s and back
//
// Containers share the host's clock, and the host's clock is not ours to set. So a second watch runs under
// libfaketime, which gives it a CLOCK_REALTIME of its own, moved by what stands in a file; CLOCK_MONOTONIC
// is left alone. It is the same program, and tells the same history.

import { expect, test } from 'vitest'
import { outage, verify } from '../../checks/index.ts'
import { oneVpc } from '../../fixtures/one-vpc.ts'
import { ofKind } from '../../lab/history.ts'
import { type Condition, type Lab, nextHop, startLab, until } from '../../lab/index.ts'
import { probe, send } from '../../traffic/index.ts'
import { failure } from './failure.ts'

const moved = '/run/clock'
const faked = `FAKETIME_TIMESTAMP_FILE=${moved} FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1`
/** In one step: the file is read a hundred times a second, and one half written would end the watch. */
const set = (by: string) => `echo ${by} >${moved}.new; mv ${moved}.new ${moved}`
const watch = `echo +0 >${moved}
env ${faked} LD_PRELOAD=$(echo /usr/lib/*/faketime/libfaketime.so.1) stallwatch 50000 >&$LINES_FD 2>/dev/null </dev/null &`

/** The lab's own watch, and the one under a clock of its own. */
const watching: Condition<Lab> = {
  name: 'both watches to begin',
  look: async ({ history }) => {
    const begun = ofKind(history, 'line').filter(({ line }) => line === 'watching').length
    return { holds: begun === 2, saw: `${begun}` }
  },
}

const steps = (count: number): Condition<Lab> => ({
  name: `${count} steps of the clock to be told`,
  look: async ({ history }) => {
    const seen = ofKind(history, 'clock').map(({ how, byNs }) => `${how} ${byNs / 1e9}s`)
    return { holds: seen.length >= count, saw: seen.join(', ') }
  },
})

test('a clock that steps while the lab is used is told, and makes the run invalid', async (run) => {
  await using lab = await startLab(oneVpc, run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await until(lab, users.sustained, { within: '15s' })
  await lab.run('patchbay', watch)
  await until(lab, watching, { within: '5s' })

  await lab.run('patchbay', set('+2.5'))
  await until(lab, steps(1), { within: '5s' })
  await lab.run('patchbay', set('+0'))
  await until(lab, steps(2), { within: '5s' })
  await users.stop()

  expect(ofKind(lab.history, 'clock').map(({ how }) => how)).toEqual(['step', 'step'])
  const [ahead, back] = ofKind(lab.history, 'clock').map(({ byNs }) => byNs)
  // libfaketime adds whole microseconds, and a reading of both clocks takes up to 100.
  expect(Math.abs((ahead ?? 0) - 2.5e9)).toBeLessThan(200e3)
  expect(Math.abs((back ?? 0) + 2.5e9)).toBeLessThan(200e3)
  expect(await failure(() => verify(lab.history, [outage({ of: users, atMost: '1s' })]))).toMatch(
    /^LabError: undecided: the clock stepped by \+2\.50s at \+.*; the clock stepped by −2\.50s at \+/,
  )
  const never = nextHop('lr-vpc-a', { for: '192.0.2.0/24', is: 'nat-gw-a-1' })
  expect(await failure(() => until(lab, never, { within: '100ms' }))).toMatch(
    /^LabError: invalid: the clock stepped by \+2\.50s .*; waited 100ms for next hop of 192\.0\.2\.0\/24 /,
  )
})
