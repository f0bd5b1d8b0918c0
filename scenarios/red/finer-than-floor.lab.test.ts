// Nothing can be claimed that is finer than what the instrument itself saw before any fault, and nothing of a
// flow that nobody watched before it: such a run proves nothing about the network.
//
//     vpc-a-web-1 ──╳── lr-vpc-a ── nat-gw-a-1 ── internet
//     vpc-a-app-1 ───── lr-vpc-a
//
// The link of vpc-a-web-1 goes down; the flow of vpc-a-app-1 does not run through it and loses nothing. Its
// probes are 4 ms apart, so its control run has gaps of 4 ms at least, and 1 ms cannot be told. A flow that
// begins while the link is down has no control run at all.

import { expect, test } from 'vitest'
import { inject, linkDown } from '../../chaos/index.ts'
import { impairment, outage, verify } from '../../checks/index.ts'
import { oneVpc } from '../../fixtures/one-vpc.ts'
import { all, startLab, until } from '../../lab/index.ts'
import { attempt, probe, send } from '../../traffic/index.ts'
import { failure } from './failure.ts'

test('a claim finer than the noise floor, and one on a flow without a control run, are undecided', async (run) => {
  await using lab = await startLab(oneVpc, run)
  await using bystanders = await send(lab, probe({ from: 'vpc-a-app-1', to: 'internet' }))
  await until(lab, bystanders.sustained, { within: '15s' })

  await using cut = await inject(lab, linkDown('vpc-a-web-1', 'chassis-1'))
  await using late = await send(lab, probe({ from: 'vpc-a-app-1', to: 'vpc-a-web-1' }))
  // Its first probe leaves while the link is down: an attempt takes longer than a sender needs to begin.
  await attempt(lab, [{ from: 'vpc-a-app-1', to: 'vpc-a-web-1', protocol: 'icmp' }])
  await cut.heal()
  await until(lab, all(late.sustained, bystanders.sustained), { within: '15s' })

  const fine = outage({ of: bystanders, during: cut, atMost: '1ms' })
  expect(await failure(() => verify(lab.history, [fine]))).toMatch(
    /^LabError: undecided: outage of probe vpc-a-app-1 → internet during .* at most 1ms, forward claim tighter than the noise floor: at most 1\.0ms, while the control run of [\d.]+s saw gaps of [\d.]+ms: 0ms ± /,
  )
  const unwatched = impairment({ of: late, after: cut, is: 'none' })
  expect(await failure(() => verify(lab.history, [unwatched]))).toMatch(
    /^LabError: undecided: impairment of probe vpc-a-app-1 → vpc-a-web-1 after .* none, forward no control run: the flow began during carrier loss between vpc-a-web-1 and chassis-1/,
  )
})
