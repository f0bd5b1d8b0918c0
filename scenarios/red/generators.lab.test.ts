// Every generator in a real lab: all at once, and nothing of them is left when they are stopped, when the node dies
// that they run in, or when the far end cannot be told over the network.

import { expect, test } from 'vitest'
import { inject, kill, silence } from '../../chaos/index.ts'
import { errors, goodput, latency, sessionSource, sessionsKept, verify } from '../../checks/index.ts'
import { oneVpc } from '../../fixtures/one-vpc.ts'
import { ofKind } from '../../lab/history.ts'
import { type Condition, startLab, until } from '../../lab/index.ts'
import type { Lab } from '../../lab/types.ts'
import { bulk, http, icmp, mix, probe, send, sessions } from '../../traffic/index.ts'

const [web, app] = ['vpc-a-web-1', 'vpc-a-app-1']

/** Processes of generators that run in a node. */
const running = async (lab: Lab, node: string) =>
  (await lab.run(node, 'ps -eo comm= | grep -cE "^(node|iperf3|fping)$" || true')).out.trim()

test('all kinds of traffic run side by side, are judged, and leave nothing', async (run) => {
  await using lab = await startLab(oneVpc, run)
  const posts = await send(
    lab,
    http({ from: web, to: app, rate: '50/s', classes: [{}, { method: 'POST', bodyBytes: 2000 }] }),
  )
  const fresh = await send(lab, http({ from: app, to: 'internet', rate: '10/s', mode: 'new-connection' }))
  const back = await send(lab, bulk({ from: web, to: 'internet', rate: '2Mbps', streams: 2, reverse: true }))
  const datagrams = await send(lab, bulk({ from: app, to: 'internet', rate: '2Mbps', protocol: 'udp' }))
  const pings = await send(lab, icmp({ from: [web, app], to: [web, app, 'internet'] }))
  const held = await send(lab, sessions({ from: web, to: 'internet', count: 20 }))
  const flows = [posts, fresh, back, datagrams, pings, held]
  for (const flow of flows) await until(lab, flow.sustained, { within: '30s' })
  for (const flow of flows) await flow.stop()

  verify(lab.history, [
    errors({ of: [posts, fresh, pings, held], atMost: '5%' }),
    latency({ of: posts, p50: '100ms' }),
    goodput({ of: [back, datagrams], atLeast: '1Mbps' }),
    sessionsKept({ of: held, survived: '100%' }),
    sessionSource({ of: held, is: oneVpc.vpcs.a.publicAddress }),
  ])
  for (const node of [web, app, 'internet']) expect(await running(lab, node)).toBe('0')
})

test('a node that dies takes its generators along, and that is no error', async (run) => {
  await using lab = await startLab(oneVpc, run)
  const held = await send(lab, sessions({ from: web, to: app, count: 20 }))
  const load = await send(lab, mix('standard'))
  await until(lab, held.sustained, { within: '30s' })

  const death = await inject(lab, kill(web))
  const { holds, saw } = await held.answered.look(lab)
  expect([holds, saw]).toEqual([false, `${web} does not run`])
  await death.heal()
  await held.stop()
  await load.stop()
  for (const node of [web, app]) expect(await running(lab, node)).toBe('0')
})

/** Its last words: `end FLOW reverse SENT HEARD`. */
const farEndOver: Condition<Lab> = {
  name: 'the far end to be over',
  look: async ({ history }) => {
    const last = ofKind(history, 'line').findLast(({ line }) => /^end \d+ reverse /.test(line))
    return { holds: last !== undefined, saw: last?.line ?? 'no word of it' }
  },
}

test('the far end of probes is over with them, also where nobody can tell it so over the network', async (run) => {
  await using lab = await startLab(oneVpc, run)
  const users = await send(lab, probe({ from: web, to: app }))
  await until(lab, users.answered, { within: '15s' })

  await using _quiet = await inject(lab, silence({ between: `${web}:eth0` }))
  await users.stop()
  await until(lab, farEndOver, { within: '2s' })
})
