// When one of the two servers behind the web tier's load balancer is lost, OVN takes it out by itself, and
// clients of the balanced address are served by the other one alone; when it is back, OVN takes it in again.
// Until it is taken out, every second new connection goes to it and fails: how long that is, is the claim.
//
//     vpc-a-app-1 ──────────────────┐
//                                   lb-vpc-a-web 10.0.250.10:80 ─┬─ vpc-a-web-1 ╳ on chassis-1, which probes it
//     internet ── nat-gw-a-1 (DNAT) ┘                            └─ vpc-a-web-2   on chassis-2, which probes that
//
// A backend is probed once a second and is out after two failures in a row. Where only the server's process
// is dead, its kernel refuses at once: 1 s until the next probe at most, 1 s to the one after, and a turn of
// OVN's pipeline (SB, northd, flows on each chassis). Where the node is silent each probe waits 1 s for its
// answer besides: 4 s. The clients' requests show it late, as the last that was sent to the dead one waits
// its 2 s out, and are told by the second: 1 + 1 + 1 = 3 s, and 4 + 2 + 1 = 7 s. Requests are counted by the second,
// of which the last that failed may be the first of one: a second more, and one of room for a busy host.
//
// Clients open a connection for each request, from inside the VPC and from the internet, which asks at the
// public address.
// Nobody whose address is not balanced notices anything, not the other backend, and not VPC B.

import { test } from 'vitest'
import { inject, kill, killProcess } from '../chaos/index.ts'
import { errors, impairment, metric, servedAgain, verify } from '../checks/index.ts'
import { twoVpcsBalanced, withMonitor } from '../fixtures/index.ts'
import { ask, backendsOnline, metricIs, startLab, until } from '../lab/index.ts'
import { http, probe, send } from '../traffic/index.ts'

const both = ['vpc-a-web-1', 'vpc-a-web-2']

const answers = 'ovn_load_balancer_backend_up{logical_port="vpc-a-web-1"}'

test.for([
  { how: 'its server dies', fault: killProcess('vpc-a-web-1', 'nginx'), within: '5s' },
  { how: 'its node falls silent', fault: kill('vpc-a-web-1'), within: '9s' },
] as const)(
  'the load balancer takes a web backend out when $how, and in again when it is back',
  async ({ fault, within }, run) => {
    await using lab = await startLab(withMonitor(twoVpcsBalanced), run)

    const asks = { to: 'lb-vpc-a-web', rate: '20/s', connections: 20, mode: 'new-connection' } as const
    await using users = await send(lab, http({ from: 'vpc-a-app-1', ...asks }))
    await using customers = await send(lab, http({ from: 'internet', ...asks }))
    await using neighbours = await send(lab, probe({ from: 'vpc-a-app-1', to: 'vpc-a-web-2' }))
    await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'internet' }))
    await Promise.all(
      [users, customers, neighbours, bystanders].map((flow) => until(lab, flow.sustained, { within: '15s' })),
    )

    await using loss = await inject(lab, fault)
    await until(lab, backendsOnline('lb-vpc-a-web', { are: ['vpc-a-web-2'] }), { within: '10s' })
    await Promise.all([users, customers].map((flow) => until(lab, flow.sustained, { within: '15s' })))

    await until(lab, metricIs(answers, { is: 0 }), { within: '5s' })
    await loss.heal()
    await until(lab, backendsOnline('lb-vpc-a-web', { are: both }), { within: '10s' })
    await Promise.all(
      [users, customers, neighbours, bystanders].map((flow) => until(lab, flow.sustained, { within: '10s' })),
    )

    const claims = [
      servedAgain({ of: [users, customers], during: loss, within }),
      errors({ of: [users, customers], after: loss, atMost: '0%' }),
      impairment({ of: [neighbours, bystanders], is: 'none' }),
      metric(answers, { becomes: 0, during: loss }),
    ]
    await ask(lab, claims)
    verify(lab.history, claims)
  },
)
