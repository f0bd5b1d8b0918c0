// One port that says it is another tenant's, and the exporters' counts are found wrong for both tenants.
//
//     vpc-a-web-1   external_ids:tenant=tenant-2   ── probes ── vpc-a-app-1
//
// The exporter takes labels from OVN's rows as they are now. northd copies a port's external_ids to the SB,
// from where the exporter of its chassis has them, so nothing is restarted. Of tenant-1 what that port counts
// is missing then, and tenant-2 has it besides its own.

import { expect, test } from 'vitest'
import { exported } from '../../checks/index.ts'
import { twoVpcs, withMonitor } from '../../fixtures/index.ts'
import { all, metricIs, scrape, startLab, until } from '../../lab/index.ts'
import { probe, send } from '../../traffic/index.ts'

const SERIES = 'ovs_interface_rx_packets_total{logical_port="vpc-a-web-1",tenant="tenant-2"}'

test('a port labelled as another tenant is found out by what is counted for both', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-app-1', rate: '100pps' }))
  await using others = await send(lab, probe({ from: 'vpc-b-web-1', to: 'vpc-b-app-1', rate: '100pps' }))
  await until(lab, all(users.sustained, others.sustained), { within: '15s' })

  await lab.run('central', 'ovn-nbctl set logical_switch_port vpc-a-web-1 external_ids:tenant=tenant-2')
  await until(lab, metricIs(SERIES, { atLeast: 1 }), { within: '10s' })
  const first = await scrape(lab)
  await until(lab, all(users.sustained, others.sustained), { within: '10s' })
  const second = await scrape(lab)

  lab.history.settle()
  const judged = (tenant: string) =>
    exported({ tenant, of: [users, others], from: first, to: second, within: '2%' }).judge(lab.history)
  expect(judged('tenant-1')).toMatchObject({
    is: 'broken',
    because: expect.stringMatching(/packets sent exported, .* off\)/),
  })
  expect(judged('tenant-2')).toMatchObject({
    is: 'broken',
    because: expect.stringMatching(/packets sent exported, .* off\)/),
  })
})
