// A lab that does not come back to its steady state is found out, by the session that is missing.
//
//     nat-gw-a-2 ──╳── internet      its session is shut down by hand, and stays so
//
// Traffic does not notice: the standby carries none. 5 s are well beyond what a session takes to come back.

import { expect, test } from 'vitest'
import { inject, storm } from '../../chaos/index.ts'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { vtysh } from '../../lab/frr/start.ts'
import { nodes, startLab, steadyState, until } from '../../lab/index.ts'
import { failure } from './failure.ts'

const [, standby] = twoVpcs.vpcs.a.nat.gateways
const shutdown = `${vtysh('bgpd', 'configure terminal')} -c 'router bgp ${standby?.as}' -c 'neighbor ${standby?.uplink.peer} shutdown'`
/** Links of workloads, where nobody sends that a fault would meet; and who has lost the session. */
const workloads = nodes(twoVpcs).filter(({ role }) => role === 'workload')
const spare = [...workloads.map(({ name }) => name), 'nat-gw-a-2', 'internet']

test('a session that does not come back after a storm is what the steady state waits for', async (run) => {
  await using lab = await startLab(twoVpcs, run)
  await until(lab, steadyState, { within: '10s' })
  await lab.run('nat-gw-a-2', shutdown)
  await using weather = await inject(lab, storm({ waves: 1, atOnce: 1, lasting: ['500ms', '1s'], spare }))
  await until(lab, weather.ended, { within: '60s' })
  await weather.heal()

  expect(await failure(() => until(lab, steadyState, { within: '5s' }))).toMatch(
    /^Finding: waited 5s for the steady state; last saw waited for learned routes in the kernel .*: 1 missing: default at nat-gw-a-2$/,
  )
})
