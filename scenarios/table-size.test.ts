// A failover costs users the same whether the gateways have learned a default alone or ten thousand prefixes beside it:
// bgpd takes up the default first, which is the first of its table, and tells the speakers of that alone. What grows with
// the table is the time until it is whole.
//
//     vpc-a-web-1 ── lr-vpc-a ══ chassis-1 ══BGP══ nat-gw-a-1 ══ a default and N prefixes ══╳══ internet
//                        ╚══════ nat-gw-a-2 (standby), which has learned them too ════════════════╝
//
// The internet announces N prefixes of 198.18.0.0/15 (RFC 2544), drawn from the seed, in one step; until the last of them
// is in the gateway's kernel is full convergence (RFC 7747 §3.2), by the kernel's own stamps. Measured at a load of
// 15 on two cores, which the internet's bgpd, those of two gateways, their zebras and kernels share: 181 ms for
// 1000, 2.4 s for 10,000, 240 us a prefix; twice that is claimed, beside two speakers' turns and a busy host.
//
// Then the active gateway's session with the internet is shut down, as in bgp-session-drop, and costs at most what it
// costs there: 720 ms. Measured 99 ms and 100 ms at that load; at twice that load 137 ms and 422 ms, when the default's
// withdrawal came to wait for a core that was busy with the others. On return nothing is lost: the standby serves until OVN
// has the other next hop.

import { test } from 'vitest'
import { bgpShutdown, inject, tableAnnounced } from '../chaos/index.ts'
import { impairment, limit, metric, outage, path, tableInstalled, verify } from '../checks/index.ts'
import { twoVpcsTable, withMonitor } from '../fixtures/index.ts'
import { all, ask, metricIs, nextHop, nightly, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

const { timers, internet } = twoVpcsTable
const gateway = 'nat-gw-a-1'

const received = `frr_bgp_peer_prefixes_received_count_total{instance="${gateway}",peer_desc="internet"}`

test.for([{ prefixes: 10_000 }, ...nightly({ prefixes: 1000 })])(
  'users pay no more for a failover where the gateways have learned $prefixes prefixes',
  async ({ prefixes }, run) => {
    await using lab = await startLab(withMonitor(twoVpcsTable), run)
    await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: internet.name, rate: '250pps' }))
    await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: internet.name, rate: '100pps' }))
    await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })

    await using table = await inject(lab, tableAnnounced({ prefixes }), { effectiveWithin: '20s' })
    await until(lab, users.sustained, { within: '10s' })

    await using drop = await inject(lab, bgpShutdown(gateway, internet.name))
    await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '10s' })
    await until(lab, users.sustained, { within: '10s' })
    await drop.heal()
    await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: gateway }), { within: '30s' })
    await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })
    await until(lab, metricIs(received, { is: prefixes + 1 }), { within: '5s' })
    await table.heal()

    const claims = [
      tableInstalled({
        during: table,
        prefixes,
        at: gateway,
        atMost: limit(timers, { speakers: 2, prefixes }),
      }),
      path({ of: users, before: drop, via: gateway }),
      outage({ of: users, during: drop, atMost: limit(timers, { speakers: 2, ovn: 1 }) }),
      outage({ of: users, after: drop, atMost: limit(timers, { speakers: 1, ovn: 1 }) }),
      impairment({ of: bystanders, during: drop, is: 'none' }),
      metric(received, { becomes: prefixes + 1, during: table }),
    ]
    await ask(lab, claims)
    verify(lab.history, claims)
  },
)
