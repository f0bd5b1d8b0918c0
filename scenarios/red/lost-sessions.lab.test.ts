// Without a standby, what goes through a NAT gateway that falls silent is lost as long as it is silent:
// sessions hang once nobody waits any longer, new ones fail, requests run out of time. All of that breaks
// claims, and is over when the gateway speaks again.
//
//     vpc-a-web-1 ── lr-vpc-a ── nat-gw-a-1 ──╳── internet
//
// A session that had no answer for 2 s is given up as hung and tried anew.

import { expect, test } from 'vitest'
import { inject, isolate } from '../../chaos/index.ts'
import { errors, newSessions, sessionsKept, verify } from '../../checks/index.ts'
import { oneVpc } from '../../fixtures/one-vpc.ts'
import { all, startLab, until } from '../../lab/index.ts'
import { http, send, sessions } from '../../traffic/index.ts'
import { failure } from './failure.ts'

test('sessions that hang, new ones and requests that fail are found, each by its own claim', async (run) => {
  await using lab = await startLab(oneVpc, run)
  await using held = await send(lab, sessions({ from: 'vpc-a-web-1', to: 'internet', count: 30, hungAfter: '2s' }))
  await using requests = await send(lab, http({ from: 'vpc-a-web-1', to: 'internet', rate: '20/s' }))
  await until(lab, all(held.sustained, requests.sustained), { within: '20s' })

  await using silence = await inject(lab, isolate('nat-gw-a-1'))
  await until(
    lab,
    {
      name: 'every session to be given up',
      look: async ({ history }) => {
        const given = history.events.filter((event) => event.kind === 'session' && event.phase === 'hung').length
        return { holds: given === 30, saw: `${given} of 30` }
      },
    },
    { within: '20s' },
  )
  await silence.heal()
  await until(lab, all(held.sustained, requests.sustained), { within: '30s' })

  const during = { during: silence }
  expect(await failure(() => verify(lab.history, [sessionsKept({ of: held, ...during, survived: '100%' })]))).toMatch(
    /^Finding: broken: survival of sessions .* survived at least 100%, was 30 held: 0 survived, 30 hung \(30 established again\)/,
  )
  expect(await failure(() => verify(lab.history, [newSessions({ of: held, ...during, within: '1s' })]))).toMatch(
    /^Finding: broken: new ones of sessions .* work again within 1s, was \d+ of \d+ failed/,
  )
  expect(await failure(() => verify(lab.history, [errors({ of: requests, ...during, atMost: '10%' })]))).toMatch(
    /^Finding: broken: errors of http vpc-a-web-1 → internet .* at most 10%, was .*timeout/,
  )
  // Which sessions are held again at the instant of the heal is chance, so that afterwards only new ones can be claimed:
  // a SYN that was lost is sent again after 1 s, and as long again for a busy host.
  verify(lab.history, [newSessions({ of: held, after: silence, within: '2s' })])
})
