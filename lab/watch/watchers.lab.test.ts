// Each watcher tells what happens at its source, at the time that it happens: within the time of the command that
// makes it happen, but for what a stamp is late.
//
//     central ── chassis-1 ── lr-vpc-a ── nat-gw-a-1 ── internet

import { expect, test } from 'vitest'
import { oneVpc } from '../../fixtures/one-vpc.ts'
import type { Event } from '../events.ts'
import { startLab, waitFor } from '../index.ts'
import { placesOf } from '../stages/places.ts'
import { READ_LATE_NS, SB_LATE_NS, type Step } from '../stages/signal.ts'
import { signalsIn } from '../stages/signals.ts'
import type { Lab } from '../types.ts'

/** A stamp of milliseconds is cut off. */
const CUT_NS = 1e6

type Made = { readonly node: string; readonly command: string; readonly within: number }

/** Runs a command, and waits for an event that it makes: not before it began, nor much after it ended. */
async function told(lab: Lab, { node, command, within }: Made, what: string, is: (event: Event) => boolean) {
  const from = lab.history.events.length
  const { bracket } = await lab.run(node, command)
  // What a command before may still have on its way is older.
  const find = () => lab.history.events.slice(from).find((event) => event.atNs >= bracket.fromNs - CUT_NS && is(event))
  const look = async () => {
    lab.history.settle()
    return { holds: find() !== undefined, saw: find() ? 'it was' : 'nothing of it' }
  }
  const { holds } = await waitFor(lab, { name: `${what} to be told`, look }, { within: '5s' })
  expect(holds, what).toBe(true)
  expect(find()?.atNs, `${what} is told at its own time`).toBeLessThanOrEqual(bracket.toNs + within)
}

/** Whether an event is this signal. */
const signal = (lab: Lab, step: Step) => (event: Event) =>
  signalsIn([event], { fromNs: -1, toNs: Number.POSITIVE_INFINITY }, placesOf(lab.topology, lab.history.events)).some(
    (each) => each.step === step,
  )

test('the watchers tell routes, rules, sessions, paths and ARP when they change', async (run) => {
  await using lab = await startLab(oneVpc, run)
  const central = lab.topology.central.name
  const [gateway, chassis] = ['nat-gw-a-1', 'chassis-1']
  const route = (verb: string) => `ip route ${verb} 192.0.2.0/24 dev eth1 proto bgp`
  const kernel = (event: Event) =>
    event.kind === 'line' && event.stream === 'kernel' && event.line.includes('192.0.2.0/24')
  await told(lab, { node: gateway, command: route('add'), within: READ_LATE_NS }, 'a route', kernel)
  await told(lab, { node: gateway, command: route('del'), within: READ_LATE_NS }, 'its end', kernel)

  const static_ = (verb: string, hop = '') => `ovn-nbctl --wait=hv lr-route-${verb} lr-vpc-a 192.0.2.0/24 ${hop}`.trim()
  const changes = { node: central, command: static_('add', '10.0.255.254'), within: SB_LATE_NS }
  await told(lab, changes, 'logical flows', signal(lab, 'logical-flows'))
  await told(lab, { ...changes, command: static_('del') }, 'OpenFlow rules', signal(lab, 'openflow'))

  const ask = { node: 'vpc-a-web-1', command: 'ping -c1 -W1 10.0.1.99 || true', within: 0 }
  const arp = (event: Event) =>
    event.kind === 'line' &&
    event.stream === 'arp' &&
    event.line.startsWith('vpc-a-web-1:eth0 ARP, Request who-has 10.0.1.99')
  await told(lab, ask, 'ARP', arp)

  // bgpd drops the session and chooses 50 ms later; the command is done before.
  const clear = { node: gateway, command: 'vtysh -d bgpd -c "clear bgp 100.64.1.1"', within: 0.5e9 }
  await told(lab, clear, 'a session', signal(lab, 'session'))
  await told(lab, { ...clear, within: 5e9 }, 'a best path', signal(lab, 'best-path'))
  const silent = lab.wires.endsOf(gateway).map((end) => ({
    heading: { end, heading: 'from' as const },
    rule: { loss: 1, duplicate: 0 },
  }))
  const silence = await lab.wires.rules.impose('silence', silent)
  await told(lab, { node: chassis, command: 'true', within: 1e9 }, 'BFD', signal(lab, 'bfd'))
  await silence.lift()
})
