// Each alert rule fires for the fault that it is for, at the node, chassis, port or session that was struck, and at no
// other; and clears when that is healed.
//
//     nat-gw-b-2 ╳ dead                GatewayDown           chassis-3 ─╳─ fabric        ChassisLost
//     nat-gw-a-2: bgpd ╳ dead          RoutingDaemonSilent   vpc-b-app-1 ─╳─ chassis-1   PortNotUp
//     nat-gw-a-1 ─╱╲╱╲─ internet       BfdFlapping           nat-gw-b-1: no SNAT port    SnatPortsExhausted
//     nat-gw-b-1 ─╳─ speaker-b-2       BgpSessionDown        vpc-a-web: ACL lost         DropsRise
//
// A surprise: OVN goes on calling a port up whose device has no carrier, as it does for one whose workload is dead
// (workload-loss). PortNotUp therefore looks at the device as well, by Open vSwitch's word.
//
// All are in force together, as they touch nothing of each other, and labels tell which alert is whose. It takes some
// seconds until all have struck: SNAT's ports are taken once connections are known to live, 1 s, and the ACL is lost
// once every chassis knows. A fault shows in the next scrape, up to 1 s later, in which a dead node is waited for
// another 1 s, and in the next evaluation, 1 s after that; a state must then last for 2 s (LAB_PACE). A flap is 900 ms
// of no carrier every 2.5 s: BFD notices after 300 ms and comes back within a second, so that two sessions have begun
// anew after 5 s. The longest of these, 2 s for them all to strike and 2 s more for a busy host that misses a scrape
// make 9 s. Rates are over 10 s, and clear when those have passed.

import { test } from 'vitest'
import {
  aclLost,
  bgpShutdown,
  FABRIC,
  inject,
  kill,
  killProcess,
  linkDown,
  repeat,
  snatExhausted,
  together,
} from '../chaos/index.ts'
import { clears, fires, quiet, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { alertClear, alertFiring, ask, startLab, steadyState, until } from '../lab/index.ts'
import { probe, send, sessions } from '../traffic/index.ts'

/** From the first strike of all. */
const WITHIN = '9s'
const at = (instance: string, peer: string) => ({ instance, peer_desc: peer })
const flaps = repeat(linkDown('nat-gw-a-1', 'internet'), { times: 3, lasting: '900ms', every: '2500ms', jitter: 0 })

/** Of each alert: the fault that it is for, what tells its series from others, and where else it must keep quiet. */
const CASES = [
  ['GatewayDown', kill('nat-gw-b-2'), { instance: 'nat-gw-b-2' }, { instance: 'nat-gw-b-1' }],
  ['RoutingDaemonSilent', killProcess('nat-gw-a-2', 'bgpd'), { instance: 'nat-gw-a-2' }, { instance: 'nat-gw-a-1' }],
  ['BfdFlapping', flaps, { instance: 'nat-gw-a-1' }, { instance: 'nat-gw-b-1' }],
  [
    'BgpSessionDown',
    bgpShutdown('nat-gw-b-1', 'chassis-1'),
    at('nat-gw-b-1', 'speaker-b-2'),
    at('nat-gw-b-1', 'speaker-b-1'),
  ],
  ['PortNotUp', linkDown('vpc-b-app-1', 'chassis-1'), { logical_port: 'vpc-b-app-1' }, { tenant: 'tenant-1' }],
  ['SnatPortsExhausted', snatExhausted('nat-gw-b-1'), { instance: 'nat-gw-b-1' }, { tenant: 'tenant-1' }],
  [
    'DropsRise',
    aclLost({ vpc: 'vpc-a', tier: 'web', rule: 'allow' }),
    { chassis: 'chassis-2' },
    { chassis: 'chassis-3' },
  ],
] as const
const seven = { ...together(...CASES.map(([, fault]) => fault)), name: 'seven faults' }
/** By itself, as the ACL is lost once every chassis knows. */
const cut = linkDown('chassis-3', FABRIC)
const lost = { alert: 'ChassisLost', of: { remote_chassis: 'chassis-3' } }

test('every alert fires for its own fault, where that struck and nowhere else, and clears', async (run) => {
  await using lab = await startLab(withMonitor(twoVpcs), run)
  await using web = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-web-2', rate: '100pps' }))
  await using held = await send(lab, sessions({ from: 'vpc-b-web-1', to: 'internet', count: 20 }))
  await Promise.all([web, held].map((flow) => until(lab, flow.sustained, { within: '20s' })))
  const alerts = [lost, ...CASES.map(([alert, , of]) => ({ alert, of }))]
  await Promise.all(alerts.map(({ alert }) => until(lab, alertClear({ alert }), { within: '20s', every: '250ms' })))

  await using faults = await inject(lab, seven, { effectiveWithin: '5s' })
  await using gone = await inject(lab, cut)
  await Promise.all(alerts.map((each) => until(lab, alertFiring(each), { within: '15s', every: '250ms' })))
  await gone.heal()
  await faults.heal()
  await until(lab, steadyState, { within: '30s' })
  await Promise.all(alerts.map((each) => until(lab, alertClear(each), { within: '20s', every: '250ms' })))

  const claims = [
    ...CASES.flatMap(([alert, , of, others]) => [
      fires({ alert, of, during: faults, within: WITHIN }),
      clears({ alert, of, after: faults }),
      quiet({ alert, of: others }),
    ]),
    fires({ ...lost, during: gone, within: WITHIN }),
    clears({ ...lost, after: gone }),
    quiet({ ...lost, of: { remote_chassis: 'chassis-1' } }),
    quiet({ alert: 'ConntrackNearLimit' }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
