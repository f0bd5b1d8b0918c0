// When VPC A's active NAT gateway dies, VPC A's way to the internet feels it, and nobody else: not one of
// the other pairs that the policy lets talk, in VPC A or in VPC B, loses, doubles or reorders a packet.
//
//     VPC A   15 pairs inside ─────────────────────────── bystanders
//              5 workloads ── lr-vpc-a ── nat-gw-a-1 ╳ ── internet      declared to feel it
//     VPC B   15 pairs inside, 5 workloads to the internet ─────────── bystanders
//
// Death takes everything of the gateway with it, and its return is a container, daemons and routes made
// anew: what a neighbour would notice if tenants shared more than they should. Five workloads
// of both VPCs and VPC B's standby share chassis-1 with it.
//
// 50 probes a second for each of 40 pairs, each way, are 4,000 a second. With the lab they take 0.9 of two
// cores (25: 0.6; 100: 1.3, and then the lab itself loses some on a busy machine), and leave room for the
// gateway's return. A pair is cut off for 20 ms at most before a probe notices.
//
// The users' limits are those of nat-failover.

import { test } from 'vitest'
import { inject, kill } from '../chaos/index.ts'
import { blastRadius, limit, metric, outage, path, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { ask, type Condition, expectations, type Lab, metricIs, nextHop, startLab, until, vpcOf } from '../lab/index.ts'
import { type Flow, probe, send } from '../traffic/index.ts'

const up = 'up{job="node",instance="nat-gw-a-1"}'

/** Of each pair, each way. */
const RATE = '50pps'
const { timers } = twoVpcs
const internet = twoVpcs.internet.name
const pairs = expectations(twoVpcs).filter(({ protocol, expect }) => protocol === 'udp' && expect === 'answered')
const outOfA = pairs.filter(({ from, to }) => to === internet && vpcOf(twoVpcs, from)?.name === 'vpc-a')

/** One line for all of them. */
function allSustained(flows: readonly Flow[]): Condition<Lab> {
  const conditions = flows.map(({ sustained }) => sustained)
  return {
    name: `all ${flows.length} pairs to be answered without loss`,
    look: async (lab) => {
      const looks = await Promise.all(conditions.map(({ look }) => look(lab)))
      const not = looks.findIndex(({ holds }) => !holds)
      return not < 0
        ? { holds: true, saw: 'they are' }
        : { holds: false, saw: `${flows[not]?.name}: ${looks[not]?.saw}` }
    },
  }
}

test('only the pairs that run through a NAT gateway feel its death and its return', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)

  await using sent = new AsyncDisposableStack()
  const start = async (these: typeof pairs): Promise<Flow[]> => {
    const flows = await Promise.all(these.map(({ from, to }) => send(lab, probe({ from, to, rate: RATE }))))
    return flows.map((flow) => sent.use(flow))
  }
  const users = await start(outOfA)
  const bystanders = await start(pairs.filter((pair) => !outOfA.includes(pair)))
  await until(lab, allSustained([...users, ...bystanders]), { within: '30s', every: '200ms' })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '10s' })

  await using death = await inject(lab, kill('nat-gw-a-1'), { within: { nodes: ['nat-gw-a-1'] } })
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' }), { within: '5s' })
  await until(lab, allSustained([...users, ...bystanders]), { within: '15s', every: '200ms' })

  await until(lab, metricIs(up, { is: 0 }), { within: '5s' })
  await death.heal()
  await until(lab, nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-1' }), { within: '30s' })
  await until(lab, allSustained([...users, ...bystanders]), { within: '15s', every: '200ms' })
  await Promise.all([...users, ...bystanders].map((flow) => flow.stop()))

  const claims = [
    ...users.map((each) => path({ of: each, before: death, via: 'nat-gw-a-1' })),
    outage({ of: users, during: death, atMost: limit(timers, { detectedBy: 'bfd', speakers: 1, ovn: 1 }) }),
    outage({ of: users, after: death, atMost: limit(timers, { speakers: 1, ovn: 1 }) }),
    blastRadius({ of: death, declared: users, bystanders }),
    metric(up, { becomes: 0, during: death }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
