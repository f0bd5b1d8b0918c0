// An ovn-controller that is restarted by a signal, as by an upgrade, costs nothing: it leaves every flow and every row
// as it is, and takes them over when it is back. Restarted by its service, in the way that `systemctl restart` does on
// Debian, it costs everybody who has to do with its chassis a second: on its way out it takes the chassis out of the
// SB, so that its ports are bound nowhere, all other chassis forget the tunnels to it, and the gateway port moves.
//
//     vpc-a-web-1 ── chassis-1, restarted ══ chassis-2 ── vpc-a-app-1      users, across
//          ╚════════ nat-gw-a-1 ══ internet  ╚═ vpc-a-web-2                away; and neighbours, on chassis-2 alone
//
// By a signal ovn-controller ends without a word (ovn-controller(8): only `exit` without --restart cleans up). What it
// has installed stays in br-int; the new one reads the SB, computes all, and replaces the old flows by the new ones
// in one go, so that nothing at all is lost, with ovn-ofctrl-wait-before-clear at its default of 0 as well.
//
// By its service: what is gone has to come again, in this order: the chassis registered, its ports bound, flows on
// all chassis, a turn of the pipeline each (some 100 ms), tunnels with BFD, which begins at 1 s (RFC 5880, section
// 6.8.3), and the gateway port, which chassis-2 has claimed meanwhile, and gives back. 3 s, as after fabric-loss.

import { test } from 'vitest'
import { inject, restartProcess } from '../chaos/index.ts'
import { impairment, metric, outage, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { ask, startLab, steadyState, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const started = 'ovn_process_start_time_seconds{instance="chassis-1",component="ovn-controller"}'

test.for([{ by: 'signal' }, { by: 'service' }] as const)(
  'a restart of ovn-controller by $by costs what flows through its chassis no more than it says',
  async ({ by }, run) => {
    await using lab = await startLab(withMonitor(twoVpcs), run)

    await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
    await using across = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-app-1' }))
    await using away = await send(lab, probe({ from: 'vpc-a-web-2', to: 'internet' }))
    await using neighbours = await send(lab, probe({ from: 'traffic-gen-a', to: 'vpc-a-web-2' }))
    const concerned = [users, across, away]
    await Promise.all([...concerned, neighbours].map((flow) => until(lab, flow.sustained, { within: '15s' })))

    await using restart = await inject(lab, restartProcess('chassis-1', 'ovn-controller', { by }))
    await until(lab, restart.ended, { within: '10s' })
    await until(lab, steadyState, { within: '20s' })
    await Promise.all([...concerned, neighbours].map((flow) => until(lab, flow.sustained, { within: '15s' })))

    const claims = [
      by === 'signal'
        ? impairment({ of: concerned, is: 'none' })
        : outage({ of: concerned, after: restart, atMost: '3s' }),
      impairment({ of: neighbours, is: 'none' }),
      metric(started, { risesBy: 1 }),
    ]
    await ask(lab, claims)
    verify(lab.history, claims)
  },
)
