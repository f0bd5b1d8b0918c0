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

/** What a command makes, and how late its stamp may be, ns after the command's end. */
type Made = {
  readonly node: string
  readonly command: string
  readonly what: string
  readonly within: number
  readonly is: (event: Event) => boolean
}

/** Runs a command, waits for an event that it makes, and says how long after the command's end that is, ns. */
async function told(lab: Lab, { node, command, what, is }: Made): Promise<number> {
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
  return (find()?.atNs ?? Number.POSITIVE_INFINITY) - bracket.toNs
}

/** A core that another machine had makes a watcher late once; one whose stamps are wrong is late each time. */
const ROUNDS = 3

/** Does what is to be told, one after the other, until each was told at its own time in one of the rounds. */
async function inTime(lab: Lab, all: readonly Made[]) {
  const least = all.map(() => Number.POSITIVE_INFINITY)
  const late = () => all.filter((each, i) => (least[i] ?? 0) > each.within)
  for (let round = 1; round <= ROUNDS && late().length > 0; round++) {
    for (const [i, each] of all.entries()) least[i] = Math.min(least[i] ?? 0, await told(lab, each))
  }
  const said = all.map(({ what }, i) => `${what} ${Math.round((least[i] ?? 0) / 1e6)} ms after its command`)
  expect(late(), `told later than it happened, in each of ${ROUNDS} rounds: ${said.join(', ')}`).toEqual([])
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
  const kernel = (event: Event) =>
    event.kind === 'line' && event.stream === 'kernel' && event.line.includes('192.0.2.0/24')
  const route = (verb: string, what: string) => ({
    node: gateway,
    command: `ip route ${verb} 192.0.2.0/24 dev eth1 proto bgp`,
    what,
    within: READ_LATE_NS,
    is: kernel,
  })
  await inTime(lab, [route('add', 'a route'), route('del', 'its end')])

  const static_ = (verb: string, step: Step) => ({
    node: central,
    command: `ovn-nbctl --wait=hv lr-route-${verb}`,
    what: step,
    within: SB_LATE_NS,
    is: signal(lab, step),
  })
  await inTime(lab, [
    static_('add lr-vpc-a 192.0.2.0/24 10.0.255.254', 'logical-flows'),
    static_('del lr-vpc-a 192.0.2.0/24', 'openflow'),
  ])

  const arp = (event: Event) =>
    event.kind === 'line' &&
    event.stream === 'arp' &&
    event.line.startsWith('vpc-a-web-1:eth0 ARP, Request who-has 10.0.1.99')
  const ask = 'ping -c1 -W1 10.0.1.99 || true'
  await inTime(lab, [{ node: 'vpc-a-web-1', command: ask, what: 'ARP', within: 0, is: arp }])

  // bgpd drops the session and chooses 50 ms later; the command is done before.
  const clear = { node: gateway, command: 'vtysh -d bgpd -c "clear bgp 100.64.1.1"' }
  await inTime(lab, [{ ...clear, what: 'a session', within: 0.5e9, is: signal(lab, 'session') }])
  await inTime(lab, [{ ...clear, what: 'a best path', within: 5e9, is: signal(lab, 'best-path') }])
  const silent = lab.wires.endsOf(gateway).map((end) => ({
    heading: { end, heading: 'from' as const },
    rule: { loss: 1, duplicate: 0 },
  }))
  const silence = await lab.wires.rules.impose('silence', silent)
  const bfd = { node: chassis, command: 'true', what: 'BFD', within: 1e9, is: signal(lab, 'bfd') }
  expect(await told(lab, bfd)).toBeLessThan(bfd.within)
  await silence.lift()
})
