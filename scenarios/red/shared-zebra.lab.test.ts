// Where the speakers of two VPCs are one client to zebra, the death of one takes the way out of the other: what
// speaker-loss claims of VPC B goes red, and says which next hop went.
//
//     chassis-2   bgpd-vpc-a †  ── zebra ── default of lr-vpc-a, default of lr-vpc-b
//                 bgpd-vpc-b    ──┘         both gone
//
// bgpd has no number of its own (-I), as where somebody adds a second bgpd to a chassis that runs one.

import { expect, test } from 'vitest'
import { inject, killProcess } from '../../chaos/index.ts'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { nextHop, nextHops, startLab, steadyState, until } from '../../lab/index.ts'
import { type Daemon, pidOf } from '../../lab/nodes/daemon.ts'
import { failure } from './failure.ts'

const chassis = 'chassis-2'
const way = nextHop('lr-vpc-b', { for: '0.0.0.0/0', is: 'nat-gw-b-1' })

/** Ends a daemon as a crash does, and starts it with these words. */
const anew = (speaker: Daemon, start: string) =>
  `pid=$(${pidOf(speaker)}); kill -9 $pid; tail --pid=$pid -s 0.01 -f /dev/null; ${start}`

test("the death of one VPC's speaker takes the default of the other where zebra cannot tell them apart", async (run) => {
  await using lab = await startLab(twoVpcs, run)
  const speakers = lab.daemons(chassis).filter(({ role }) => role.startsWith('bgpd-'))
  for (const speaker of speakers) {
    const unnumbered = speaker.start.replace(/ -I \d+/, '')
    expect(unnumbered).not.toBe(speaker.start)
    await lab.run(chassis, anew(speaker, unnumbered))
  }
  await until(lab, steadyState, { within: '30s' })

  await using death = await inject(lab, killProcess(chassis, 'bgpd-vpc-a'))
  await until(lab, nextHops('lr-vpc-b', { for: '0.0.0.0/0', are: [] }), { within: '5s' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '1s' })
  expect(await failure(() => until(lab, way, { within: '1s' }))).toMatch(
    /^Finding: waited 1s for next hop of 0\.0\.0\.0\/0 on lr-vpc-b to be nat-gw-b-1; last saw none$/,
  )

  // It tells its default to a zebra that knows it by its number, before the other comes back.
  const other = speakers.find(({ role }) => role === 'bgpd-vpc-b')
  if (other) await lab.run(chassis, anew(other, other.start))
  await death.heal()
  await until(lab, steadyState, { within: '30s' })
})
