// A failover that cannot happen is a finding: it says which next hop never came and what was there
// in its place, and all that one would have to collect by hand has been saved.
//
//     vpc-a-web-1 ── lr-vpc-a ══╦══ nat-gw-a-1  killed          ══╦══ internet
//                               ╚═╳ nat-gw-a-2  says nothing to OVN ╝
//
// The standby's sessions with both speakers are shut down beforehand; with the internet it goes on
// speaking, so that only the way out is missing. A failover takes under 1 s; 3 s is well beyond it.

import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inject, kill } from '../../chaos/index.ts'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { vtysh } from '../../lab/frr/start.ts'
import { type Condition, type Lab, nextHop, startLab, until } from '../../lab/index.ts'
import { probe, send } from '../../traffic/index.ts'
import { failure } from './failure.ts'

const { gateways, speakers } = twoVpcs.vpcs.a.nat
const standby = gateways[1]

const silent = speakers.map(({ address }) => `-c 'neighbor ${address} shutdown'`).join(' ')
const shutdown = `${vtysh('bgpd', 'configure terminal')} -c 'router bgp ${standby?.as}' ${silent}`

const cutOff: Condition<Lab> = {
  name: 'the standby to have no route into the VPC',
  look: async (lab) => {
    const { out } = await lab.run('nat-gw-a-2', 'ip -4 route show proto bgp | grep -v ^default || true')
    return { holds: out === '', saw: out.trim() }
  },
}

const kept = [
  'capture.pcap',
  'history.jsonl',
  'topology.json',
  'versions.json',
  ...['nb.dump', 'sb.dump', 'flows-chassis-1.txt', 'flows-chassis-2.txt', 'flows-chassis-3.txt'],
  ...['nat-gw-a-1', 'nat-gw-a-2', 'speaker-a-1', 'speaker-a-2', 'internet'].map((name) => `frr-${name}.txt`),
  ...['central', 'chassis-1', 'nat-gw-a-2', 'internet', 'vpc-a-web-1'].map((name) => `logs/${name}.txt`),
].map((file) => (/\.(pcap|json|jsonl)$/.test(file) ? file : join('evidence', file)))

test('a standby without sessions is found out by the next hop that never comes', async (run) => {
  await using lab = await startLab(twoVpcs, run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet' }))
  await until(lab, users.answered, { within: '5s' })
  await lab.run('nat-gw-a-2', shutdown)
  await until(lab, cutOff, { within: '5s' })

  await using _death = await inject(lab, kill('nat-gw-a-1'))
  const failover = nextHop('lr-vpc-a', { for: '0.0.0.0/0', is: 'nat-gw-a-2' })

  expect(await failure(() => until(lab, failover, { within: '3s' }))).toMatch(
    /^Finding: waited 3s for next hop of 0\.0\.0\.0\/0 on lr-vpc-a to be nat-gw-a-2; last saw none$/,
  )
  expect(kept.filter((file) => !statSync(join(lab.evidence, file), { throwIfNoEntry: false })?.size)).toEqual([])
})
