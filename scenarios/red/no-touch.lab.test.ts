// A gateway that is not told of a new subnet is found: the condition of zero-touch-subnet names who has the prefix, and
// who lacks it is the one that somebody would have to touch.
//
//     ls-vpc-a-new ── lr-vpc-a ── speakers ══BGP══ nat-gw-a-1      10.0.5.0/24
//                                          ══BGP══ nat-gw-a-2      its filter refuses that prefix
//
// As where prefixes are listed by hand: the filter of one gateway admits what there was, and no more.

import { expect, test } from 'vitest'
import { provisioned } from '../../checks/index.ts'
import { twoVpcsGrowing } from '../../fixtures/index.ts'
import { configure } from '../../lab/frr/bgp.ts'
import { addSubnet, routesTo, startLab, until } from '../../lab/index.ts'
import { probe, send } from '../../traffic/index.ts'
import { failure } from './failure.ts'

const prefix = '10.0.5.0/24'

test('a gateway that lists prefixes by hand misses a new subnet, and a limit too tight is broken', async (run) => {
  await using lab = await startLab(twoVpcsGrowing, run)
  await lab.run('nat-gw-a-2', configure('', [`ip prefix-list VPC seq 1 deny ${prefix}`]))
  await using users = await send(lab, probe({ from: 'vpc-a-new-1', to: 'internet', rate: '100pps' }))
  await using addition = await addSubnet(lab, 'ls-vpc-a-new')
  await until(lab, users.sustained, { within: '10s' })

  const both = routesTo(prefix, { are: ['nat-gw-a-1', 'nat-gw-a-2'] })
  expect(await failure(() => until(lab, both, { within: '1s' }))).toMatch(
    /^Finding: waited 1s for 10\.0\.5\.0\/24 to be in the FIB of nat-gw-a-1 and nat-gw-a-2, and of no other gateway; last saw nat-gw-a-1$/,
  )
  await users.stop()
  const within = (limit: '1ms' | '10s') => provisioned({ by: addition, of: users, within: limit }).judge(lab.history)
  expect(within('1ms')).toMatchObject({
    is: 'broken',
    because: expect.stringMatching(/within 1ms, was .* in the NB \+.* \(ovn-nbctl\), Advertised_Route \+.* \(northd\)/),
  })
  expect(within('10s')).toMatchObject({
    is: 'undecided',
    because: expect.stringMatching(/within 10s: nobody saw it in the FIB of nat-gw-a-2$/),
  })
})
