// What saves sessions from a flush of conntrack is found out where it is missing, and so is a claim that no
// port is left where there are some.
//
//     vpc-a-web-1 ── nat-gw-a-1  tcp flags ≠ syn, ct state new: drop ── internet
//
// Many firewalls drop what begins in the middle of a session. One that does so on a NAT gateway turns a flush
// into the end of every session: none can make its entry anew, all hang. New ones begin with a SYN, and work.
//
// To netfilter a port is taken towards one destination. So the exhaustion that the sessions to one server feel
// is none for those to another, which stands in for the claim that it was.

import { expect, test } from 'vitest'
import { conntrackFlushed, inject, lasting, snatExhausted } from '../../chaos/index.ts'
import { newSessionsFail, sessionsKept, verify } from '../../checks/index.ts'
import { oneVpc } from '../../fixtures/one-vpc.ts'
import { startLab, until } from '../../lab/index.ts'
import { send, sessions } from '../../traffic/index.ts'
import { failure } from './failure.ts'

const strict = `nft 'table ip strict {
  chain forward {
    type filter hook forward priority filter; policy accept;
    ct state new tcp flags & (fin | syn | rst | ack) != syn drop
  }
}'`

test('sessions that cannot be picked up again are found, and so are ports that are left', async (run) => {
  await using lab = await startLab(oneVpc, run)
  await lab.run('nat-gw-a-1', strict)
  await using held = await send(lab, sessions({ from: 'vpc-a-web-1', to: 'internet', count: 40, hungAfter: '2s' }))
  await using others = await send(lab, sessions({ from: 'vpc-a-app-1', to: 'internet', count: 4, hungAfter: '2s' }))
  for (const flow of [held, others]) await until(lab, flow.sustained, { within: '20s' })

  await using exhaustion = await inject(lab, lasting(snatExhausted('nat-gw-a-1'), '2s'))
  await until(lab, exhaustion.ended, { within: '5s' })
  for (const flow of [held, others]) await until(lab, flow.sustained, { within: '20s' })
  verify(lab.history, [newSessionsFail({ of: held, during: exhaustion, by: 'timeout' })])
  const wrongly = newSessionsFail({ of: others, during: exhaustion, by: 'timeout' })
  expect(await failure(() => verify(lab.history, [wrongly]))).toMatch(
    /^Finding: broken: new ones of sessions .* all fail by timeout, was \d+ of \d+ answered/,
  )

  await using flush = await inject(lab, conntrackFlushed('nat-gw-a-1'))
  await until(lab, flush.ended, { within: '5s' })
  for (const flow of [held, others]) await until(lab, flow.sustained, { within: '20s' })
  const kept = sessionsKept({ of: held, after: flush, survived: '100%' })
  expect(await failure(() => verify(lab.history, [kept]))).toMatch(
    /^Finding: broken: survival of sessions .* survived at least 100%, was 40 held: 0 survived, 40 hung \(40 established again\)/,
  )
})
