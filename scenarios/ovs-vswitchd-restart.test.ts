// When ovs-vswitchd restarts on chassis-1, nothing is forwarded there for seconds: with the userspace datapath
// the switch is that process. Forwarding comes back with the flows, and these with ovn-controller. Who stays on other
// chassis does not notice.
//
//     vpc-b-web-2 ─┐
//     vpc-b-app-1 ─┴─ chassis-1, restarted ══ chassis-2 ─┬─ vpc-a-app-1       inside; across
//     vpc-a-web-1 ────────┴─ nat-gw-a-1 ══ internet      ├─ vpc-a-web-2       users
//                                                        └─ traffic-gen-a     neighbours
//
// All is lost within a moment of SIGTERM. The new process has its ports again within a second, and no rule in
// them: fail_mode is secure. The rules are ovn-controller's, which has lost its connection, and tries again after
// 1 s, and if there is nobody yet, 2 s after that (reconnect.c): 3 s, and with all flows of a chassis to install and
// a busy host 4 s.
//
// For users the way out comes later: the gateway's link runs through this switch, so that BFD and BGP with both
// speakers were lost, and come again at BFD's slow start of 1 s (RFC 5880, section 6.8.3): 5 s. That nat-gw-a-1 has
// lost its speakers sends them through nat-gw-a-2 for a moment, and back.

import { test } from 'vitest'
import { inject, restartProcess } from '../chaos/index.ts'
import { impairment, metric, outage, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { ask, startLab, steadyState, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const started = 'ovs_process_start_time_seconds{instance="chassis-1",component="ovs-vswitchd"}'

test('forwarding through a chassis is gone for seconds when its ovs-vswitchd restarts, and elsewhere goes on', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await using across = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-app-1' }))
  await using inside = await send(lab, probe({ from: 'vpc-b-web-2', to: 'vpc-b-app-1' }))
  await using neighbours = await send(lab, probe({ from: 'traffic-gen-a', to: 'vpc-a-web-2' }))
  const all = [users, across, inside, neighbours]
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  await using restart = await inject(lab, restartProcess('chassis-1', 'ovs-vswitchd'))
  await until(lab, restart.ended, { within: '10s' })
  await until(lab, steadyState, { within: '20s' })
  await Promise.all(all.map((flow) => until(lab, flow.sustained, { within: '15s' })))

  const claims = [
    outage({ of: [across, inside], during: restart, atMost: '4s' }),
    outage({ of: [across, inside], after: restart, atMost: '4s' }),
    outage({ of: users, during: restart, atMost: '5s' }),
    outage({ of: users, after: restart, atMost: '5s' }),
    impairment({ of: neighbours, is: 'none' }),
    metric(started, { risesBy: 1 }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
