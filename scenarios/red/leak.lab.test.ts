// Rules that stay behind in a switch after a fault are found: each daemon holds at the end what it held before, or it is
// told what it kept.
//
//     chassis-3 ─╳─ fabric      and 200 rules in br-int that nobody takes out again
//
// Nothing matches them, so that no packet says that they are there.

import { expect, test } from 'vitest'
import { FABRIC, inject, lasting, linkDown } from '../../chaos/index.ts'
import { nothingLeaked } from '../../checks/index.ts'
import { twoVpcs, withMonitor } from '../../fixtures/index.ts'
import { ask, startLab, steadyState, until } from '../../lab/index.ts'

const ADD =
  'for i in $(seq 200); do echo "table=200,priority=$i,metadata=0xffff,actions=drop"; done | ovs-ofctl -O OpenFlow15 add-flows br-int -'
const REMOVE = 'ovs-ofctl -O OpenFlow15 del-flows br-int table=200,metadata=0xffff'

test('rules that a switch keeps after a fault are told as a leak', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)
  await using blink = await inject(lab, lasting(linkDown('chassis-3', FABRIC), '1s'))
  await lab.run('chassis-3', ADD)
  await until(lab, blink.ended, { within: '5s' })
  await until(lab, steadyState, { within: '15s' })

  const leak = nothingLeaked({ after: blink })
  await ask(lab, [leak])
  expect(leak.judge(lab.history)).toMatchObject({
    is: 'broken',
    because: expect.stringMatching(/was ovs_bridge_flow_count\{.*instance="chassis-3".*\} \d+ to \d+ rules$/),
  })
  await lab.run('chassis-3', REMOVE)
})
