// What the wire loses and doubles by itself is found where it was done, in that direction only, and as
// many as the wire says: the taps and the wire count the same packets and know nothing of each other.
//
//     vpc-a-web-1 ─┬─ chassis-1 ═══ fabric ═══ chassis-2 ── vpc-a-web-2
//                  ├ 10 % of what goes in is lost, 50 % later on     (forward)
//                  └ 5 % of what comes out comes twice               (reverse)
//
// Only probes are met (UDP 7000), so that the counts are of the same packets. Of n packets each lost with a
// chance of 10 %, the share that is lost lies in the two-sided 99.9 % interval of the binomial distribution
// in all runs but one of a thousand.
//
// On the fabric a copy has no wire of its own, the bridge is next: there it is proved that what is doubled
// inside Geneve arrives twice, and that no copy is copied again.

import { expect, test } from 'vitest'
import { change, FABRIC, impair, inject } from '../../chaos/index.ts'
import { impairment, verify } from '../../checks/index.ts'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { startLab, until } from '../../lab/index.ts'
import { binomialRange } from '../../lab/loss/binomial.ts'
import { probe, send } from '../../traffic/index.ts'
import { met, tapped, told } from './counted.ts'
import { failure } from './failure.ts'

const access = ['vpc-a-web-1', 'chassis-1'] as const

test('what the wire loses and doubles shows in that direction only, and as many as the wire says', async (run) => {
  await using lab = await startLab(twoVpcs, run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-web-2', rate: '500pps' }))
  await until(lab, users.sustained, { within: '15s' })

  const loss = impair({ between: access, direction: 'forward', loss: '10%', only: 'udp/7000' })
  await using rain = await inject(lab, loss)
  const twice = impair({ between: access, direction: 'reverse', duplicate: '5%', only: 'udp/7000' })
  await using echo = await inject(lab, twice)
  await until(lab, await met(lab, 'vpc-a-web-1', 2000), { within: '15s' })
  await echo.heal()
  await rain.heal()
  await users.stop()

  const [lost, doubled] = [told(lab, loss), told(lab, twice)]
  expect(tapped(lab, users, 'forward', loss)).toMatchObject({ lost: lost.lost, duplicated: 0 })
  expect(tapped(lab, users, 'reverse', loss)).toMatchObject({ lost: 0, duplicated: doubled.duplicated })
  for (const [count, range] of [
    [lost.lost, binomialRange(lost.met, 0.1)],
    [doubled.duplicated, binomialRange(doubled.met, 0.05)],
  ] as const) {
    expect(count).toBeGreaterThanOrEqual(range.least)
    expect(count).toBeLessThanOrEqual(range.most)
  }
  const broken = await failure(() => verify(lab.history, [impairment({ of: users, is: 'none' })]))
  expect(broken).toMatch(/^Finding: broken: impairment of probe vpc-a-web-1 → vpc-a-web-2 none, was /)
  expect(broken).toMatch(new RegExp(`forward ${lost.lost} lost, 0 duplicated`))
  expect(broken).toMatch(new RegExp(`reverse 0 lost, ${doubled.duplicated} duplicated`))
  expect(await lab.wires.rules.written()).toEqual([])
})

test('shares are changed while they are in force, and what the fabric doubles arrives twice', async (run) => {
  await using lab = await startLab(twoVpcs, run)
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-web-2', rate: '500pps' }))
  await until(lab, users.sustained, { within: '15s' })

  const first = impair({ between: access, direction: 'forward', loss: '10%', only: 'udp/7000' })
  await using rain = await inject(lab, first)
  await change(lab, first, { loss: '50%' })
  await until(lab, await met(lab, 'vpc-a-web-1', 1000), { within: '10s' })
  await rain.heal()
  await users.stop()
  const { lost, met: all } = told(lab, first)
  expect(tapped(lab, users, 'forward', first).lost).toBe(lost)
  // The few packets that it met before it was changed can only make the share smaller.
  expect(lost).toBeGreaterThan(binomialRange(all, 0.3).most)
  expect(lost).toBeLessThanOrEqual(binomialRange(all, 0.5).most)

  await using back = await send(lab, probe({ from: 'vpc-a-web-2', to: 'vpc-a-web-1', rate: '500pps' }))
  await until(lab, back.sustained, { within: '15s' })
  const tunnel = impair({ between: [FABRIC, 'chassis-1'], duplicate: '10%', only: 'udp/6081' })
  await using echo = await inject(lab, tunnel)
  await until(lab, await met(lab, 'vpc-a-web-2', 1000), { within: '10s' })
  await echo.heal()
  await back.stop()
  const seen = (['forward', 'reverse'] as const).map((direction) => tapped(lab, back, direction, tunnel))
  const arrived = seen.reduce((sum, { duplicated }) => sum + duplicated, 0)
  expect(seen.map((each) => each.lost)).toEqual([0, 0])
  // The tunnel carries BFD besides, which has copies too.
  expect(arrived).toBeGreaterThan(binomialRange(1000, 0.1).least)
  expect(arrived).toBeLessThanOrEqual(told(lab, tunnel).duplicated)
})
