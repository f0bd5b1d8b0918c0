// While a daemon is dead or frozen, its exporter goes on: it says of that daemon that it is down, and of all
// others what they are.
//
//     Prometheus ══ management ══ :9475  exporter of chassis-3 ──── ovs-vswitchd ✝   ovsdb-server   ovn-controller
//                              ══ :9476  exporter of central ────── NB   SB ✝   ovn-northd
//
// The exporter asks each daemon beside the others, and waits 250 ms for it. One that is dead refuses at once;
// one that is frozen takes connections and never answers, so it costs the first scrape those 250 ms, and the
// following ones nothing. Prometheus scrapes each second, and gives up after one: `up` stays 1 all along, and
// what Prometheus itself says of how long scrapes take stays below 250 ms and what a busy host adds, 500 ms.
//
// A daemon is down in the next scrape, and up again in the next one after it answers: 1 s each, and 500 ms on
// a busy host. chassis-3 has no workload, so that no tenant pays for it.

import { test } from 'vitest'
import { freezeProcess, inject, killProcess, lasting } from '../chaos/index.ts'
import { metric, verify } from '../checks/index.ts'
import { twoVpcs, withMonitor } from '../fixtures/index.ts'
import { ask, metricIs, nightly, startLab, until } from '../lab/index.ts'

const ways = { death: killProcess, freeze: freezeProcess } as const

type Case = { readonly way: keyof typeof ways; readonly component: string; readonly node: string }

const cases: readonly Case[] = [
  { way: 'death', component: 'ovs-vswitchd', node: 'chassis-3' },
  { way: 'freeze', component: 'ovsdb-server-sb', node: 'central' },
  ...nightly<Case>(
    { way: 'freeze', component: 'ovsdb-server', node: 'chassis-3' },
    { way: 'death', component: 'ovn-controller', node: 'chassis-3' },
    { way: 'death', component: 'ovn-northd', node: 'central' },
  ),
]

/** Of the exporters of Open vSwitch and of OVN alike. */
const componentUp = (labels: string) => `{__name__=~"ov[sn]_component_up",${labels}}`

test.for(cases)('exporters stay up and say why after $way of $component on $node', async (each, run) => {
  const { way, component, node } = each
  await using lab = await startLab(withMonitor(twoVpcs), run)
  const itself = componentUp(`instance="${node}",component="${component}"`)
  const others = componentUp(`instance!="${node}"`)
  const beside = componentUp(`instance="${node}",component!="${component}"`)
  await until(lab, metricIs(itself, { is: 1 }), { within: '10s' })

  await using fault = await inject(lab, lasting(ways[way](node, component), '4s'))
  await until(lab, metricIs(itself, { is: 0 }), { within: '1500ms' })
  await until(lab, fault.ended, { within: '10s' })

  await until(lab, metricIs(`min_over_time(${itself}[4s])`, { is: 1 }), { within: '10s' })

  const claims = [
    metric(itself, { becomes: 0, during: fault }),
    metric(itself, { becomes: 1, after: fault }),
    metric(beside, { is: 1, during: fault }),
    metric(others, { is: 1, during: fault }),
    metric('up{job=~"ovs|ovn"}', { is: 1, during: fault }),
    metric('scrape_duration_seconds{job=~"ovs|ovn"}', { atMost: 0.75, during: fault }),
  ]
  await ask(lab, claims)
  verify(lab.history, claims)
})
