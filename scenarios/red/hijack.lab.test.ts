// Where a filter is lost, a prefix of somebody else's is believed: the claims of prefix-hijack and of
// tenant-route-isolation go red, and name the prefix, who announced it and who believed it; so do those on what
// metrics count as accepted.
//
//     nat-gw-b-1 ══ 203.0.113.17/32 ══> internet      its filter for nat-gw-b-1 is lost
//     chassis-1  ══ 10.0.1.0/24 ═════> nat-gw-b-1    its filter for the speaker is lost

import { expect, test } from 'vitest'
import { filterLost, hijack, inject } from '../../chaos/index.ts'
import { announced, metric, verify } from '../../checks/index.ts'
import { twoVpcs, withMonitor } from '../../fixtures/index.ts'
import { ask, type Condition, type Lab, metricIs, ownRoutesOnly, startLab, until } from '../../lab/index.ts'
import { failure } from './failure.ts'

/** The contrary of a condition, with what it saw. */
const not = (condition: Condition<Lab>): Condition<Lab> => ({
  name: `not ${condition.name}`,
  look: async (lab) => {
    const { holds, saw } = await condition.look(lab)
    return { holds: !holds, saw }
  },
})

/** Prefixes of a neighbour that passed the filter. */
const accepted = (instance: string, from: string) =>
  `frr_bgp_peer_prefixes_received_count_total{instance="${instance}",peer_desc="${from}"}`

/** In two scrapes: one alone may have ended after the fault. */
const twice = (query: string) => `min_over_time(${query}[2s])`

test('without its filter the internet believes a hijacked prefix', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)
  const prefix = `${twoVpcs.vpcs.a.publicAddress}/32`
  await using lost = await inject(lab, filterLost('internet', { for: 'nat-gw-b-1' }))
  await using theft = await inject(lab, hijack({ by: 'nat-gw-b-1', to: 'internet', prefix }))
  const claim = announced({ during: theft, prefix, by: 'nat-gw-b-1', at: 'internet', is: 'refused' })
  const heard = (is: string) => ({ holds: is !== 'undecided', saw: is })
  await until(
    lab,
    { name: 'the announcement to be heard', look: async ({ history }) => heard(claim.judge(history).is) },
    { within: '10s' },
  )
  const counted = accepted('internet', 'nat-gw-b-1')
  await until(lab, metricIs(twice(counted), { is: 2 }), { within: '5s' })
  await theft.heal()
  await lost.heal()
  const count = metric(counted, { becomes: 1, during: theft })
  await ask(lab, [count])
  expect(await failure(() => verify(lab.history, [count]))).toMatch(/becomes 1, was .* 2 in the end/)
  expect(await failure(() => verify(lab.history, [claim]))).toMatch(
    /^Finding: broken: 203\.0\.113\.17\/32 announced by nat-gw-b-1 refused at internet, was: internet believed 203\.0\.113\.17\/32 from nat-gw-b-1/,
  )
})

test("without its filter a gateway takes another tenant's subnet", async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)
  const [prefix = ''] = twoVpcs.vpcs.a.subnets.map(({ cidr }) => cidr)
  await using lost = await inject(lab, filterLost('nat-gw-b-1', { for: 'chassis-1' }))
  await using leak = await inject(lab, hijack({ by: 'chassis-1', to: 'nat-gw-b-1', prefix }))
  await until(lab, not(ownRoutesOnly), { within: '10s' })
  expect(await failure(() => until(lab, ownRoutesOnly, { within: '1s' }))).toMatch(
    /^Finding: waited 1s for every NAT gateway to have routes of its own VPC and no others; last saw nat-gw-b-1 has 10\.0\.1\.0\/24 from /,
  )
  const counted = accepted('nat-gw-b-1', 'speaker-b-2')
  await until(lab, metricIs(twice(counted), { is: 5 }), { within: '5s' })
  await leak.heal()
  await lost.heal()
  await until(lab, ownRoutesOnly, { within: '10s' })
  const count = metric(counted, { becomes: 4, during: leak })
  await ask(lab, [count])
  expect(await failure(() => verify(lab.history, [count]))).toMatch(/becomes 4, was .* 5 in the end/)
})
