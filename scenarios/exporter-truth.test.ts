// What the exporters count for each tenant is what its workloads sent and got, packet by packet: in a calm
// network, while a tenth of what VPC A's app tier sends and gets is lost, and while a tenth is lost between the chassis.
//
//     vpc-a-web-1 ── chassis-1 ── Geneve ── chassis-2 ══ 10 % ╳ ══ vpc-a-app-1      tenant-1
//     vpc-b-web-1 ── chassis-2 ── Geneve ── chassis-1 ═════════════ vpc-b-app-1      tenant-2
//                      │ :9475                │ :9475
//                    tenant-1, tenant-2: packets and bytes of each port
//
// The loss is on the link of the workload. So a probe that is lost on its way to vpc-a-app-1 has left the
// switch and counts as sent, and one that is lost on its way from there never came to it and does not count
// as received. The taps know which is which, for each probe; both sides of each port are compared.
//
// What the network itself loses is what its ports received of a tenant and never sent to it. So the last loss is on the
// fabric, of what both tenants send through tunnels, and each finds its own share of it.
//
// The exporters read Open vSwitch's counters when they are asked (its database has them only every 5 s).
// When that is, is known to the bracket around the question, some 50 ms; probes of that time may count or
// not. Beyond that 2 % are left for what is no probe: each of a tenant's two workloads asks for its router's
// MAC when it has something to send, and again every 15 to 45 s, and is asked for its own: up to 8 packets of
// the 600 and more that a tenant's workloads send, and less than that in bytes.

import { test } from 'vitest'
import { FABRIC, impair, inject, lasting } from '../chaos/index.ts'
import { exported, impairment, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { all, metricIs, scrape, startLab, until } from '../lab/index.ts'
import { probe, send } from '../traffic/index.ts'

/** Of the tenant with the least: what its workloads have sent of late, as Prometheus has it. */
const LEAST = 'min(sum by (tenant) (increase(ovs_interface_rx_packets_total{tier!=""}[3s])))'

test('exporters count for each tenant what it sent and got, also under 10 % loss', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)
  const first = await scrape(lab)

  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-app-1', rate: '100pps' }))
  await using bystanders = await send(lab, probe({ from: 'vpc-b-web-1', to: 'vpc-b-app-1', rate: '100pps' }))
  await until(lab, all(users.sustained, bystanders.sustained), { within: '15s' })

  await until(lab, metricIs(LEAST, { atLeast: 500 }), { within: '10s' })
  const second = await scrape(lab)

  await using rain = await inject(lab, lasting(impair({ between: 'vpc-a-app-1:eth0', loss: '10%' }), '4s'))
  await until(lab, rain.ended, { within: '10s' })
  await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })
  const third = await scrape(lab)

  const tunnels = impair({ between: ['chassis-2', FABRIC], only: 'data', loss: '10%' })
  await using hail = await inject(lab, lasting(tunnels, '4s'))
  await until(lab, hail.ended, { within: '10s' })
  await until(lab, all(users.sustained, bystanders.sustained), { within: '10s' })
  const fourth = await scrape(lab)

  const of = [users, bystanders]
  verify(lab.history, [
    exported({ tenant: 'tenant-1', of, from: first, to: second, within: '2%' }),
    exported({ tenant: 'tenant-2', of, from: first, to: second, within: '2%' }),
    exported({ tenant: 'tenant-1', of, from: second, to: third, within: '2%' }),
    exported({ tenant: 'tenant-2', of, from: second, to: third, within: '2%' }),
    exported({ tenant: 'tenant-1', of, from: third, to: fourth, within: '2%', lostIn: 'network' }),
    exported({ tenant: 'tenant-2', of, from: third, to: fourth, within: '2%', lostIn: 'network' }),
    impairment({ of: bystanders, during: rain, is: 'none' }),
  ])
})
