// What the instrument could not do says nothing about the network: such a run is invalid, not failed.
//
//     vpc-a-web-1 ── lr-vpc-a ── nat-gw-a-1 ── internet
//     prober held back            a route for packets that nobody sends
//
// The sender is stopped for 3 s in a flow of about 6: a third to a half of its probes is missing, and
// 90 % are wanted. In those 3 s nothing is known of the path, so an outage of up to 3 s may hide there.

import { expect, test } from 'vitest'
import { type Fault, inject } from '../../chaos/index.ts'
import { impairment, outage, verify } from '../../checks/index.ts'
import { oneVpc } from '../../fixtures/one-vpc.ts'
import { type Condition, human, type Lab, startLab, until } from '../../lab/index.ts'
import { probe, send } from '../../traffic/index.ts'
import { failure } from './failure.ts'

const ROUTE = 'blackhole 192.0.2.1'

/** It is in force, but no packet ever meets it. */
const loss: Fault = {
  name: 'loss of packets to 192.0.2.1',
  targets: ['nat-gw-a-1'],
  check: () => undefined,
  apply: async (lab) => {
    const { bracket } = await lab.run('nat-gw-a-1', `ip route add ${ROUTE}`)
    return {
      bracket,
      effective: {
        name: 'packets to be lost on their way to 192.0.2.1',
        look: async () => ({ holds: false, saw: '0 packets lost' }),
      },
      heal: async () => (await lab.run('nat-gw-a-1', `ip route del ${ROUTE}`)).bracket,
      restored: { name: 'the route to be gone', look: async () => ({ holds: true, saw: 'no route' }) },
    }
  },
}

function missed(lab: Lab): Condition {
  const sinceNs = lab.history.now()
  return {
    name: 'the sender to have missed 3s',
    look: async () => {
      const ns = lab.history.now() - sinceNs
      return { holds: ns >= 3e9, saw: human(ns) }
    },
  }
}

test('a generator that is held back and a fault that does not bite make a run invalid', async (run) => {
  await using lab = await startLab(oneVpc, run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await until(lab, users.sustained, { within: '15s' })

  await lab.run('vpc-a-web-1', "pkill -STOP -f '^prober send'")
  await until(lab, missed(lab), { within: '5s' })
  await lab.run('vpc-a-web-1', "pkill -CONT -f '^prober send'")
  await until(lab, users.sustained, { within: '15s' })
  await users.stop()

  const claims = [impairment({ of: users, is: 'none' }), outage({ of: users, atMost: '1s' })]
  const invalid = await failure(() => verify(lab.history, claims))
  expect(invalid).toMatch(
    /^LabError: undecided: .*generator of probe vpc-a-web-1 → internet forward sent \d{2,3} pps of 250 pps asked\n/,
  )
  expect(invalid).toMatch(
    /\nundecided: outage of probe vpc-a-web-1 → internet at most 1s, forward bound wider than the claim needs: 0ms ± 3\.\d+s /,
  )

  expect(await failure(() => inject(lab, loss, { effectiveWithin: '200ms' }))).toMatch(
    /^LabError: invalid: loss of packets to 192\.0\.2\.1 did not bite: waited \d+ms for packets to be lost on their way to 192\.0\.2\.1; last saw 0 packets lost$/,
  )
  const { out } = await lab.run('nat-gw-a-1', 'ip route show type blackhole')
  expect(out.trim()).toBe(`blackhole ${oneVpc.vpcs.a.publicAddress}`)
})
