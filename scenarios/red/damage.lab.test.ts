// Bursts, corruption and a small MTU, several on one link at once: each does what was asked, counts what it did,
// and heals for itself; the taps and the wire agree packet for packet. What is blocked vanishes, and nothing else;
// a block of what nobody sends makes the run invalid.
//
//     vpc-a-web-1 ─┬─ chassis-1 ═══ fabric ═══ chassis-2 ── vpc-a-web-2
//                  └ here
//
// Of n probes a share of 20 % is lost in bursts of 8 on average. Their number is about n / 40, their lengths spread by
// 7.5 each, so that the mean of 100 of them lies within 8 ± 2.5 (3.3 standard errors: 99.9 %). Losses in a row are
// worth fewer samples: with a correlation of 0.84 from one packet to the next a twelfth of them, 330 of 4000, so that
// the share lies within 20 ± 7.3 %.

import { expect, test } from 'vitest'
import { block, FABRIC, impair, inject } from '../../chaos/index.ts'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { startLab, until } from '../../lab/index.ts'
import { binomialRange } from '../../lab/loss/binomial.ts'
import { http, probe, send } from '../../traffic/index.ts'
import { met, tapped, told } from './counted.ts'
import { failure } from './failure.ts'

const access = ['vpc-a-web-1', 'chassis-1'] as const

test('bursts, corruption and MTU do what was asked, and the taps see as much as the wire counted', async (run) => {
  await using lab = await startLab(twoVpcs, run)
  const pings = async (size: number) =>
    Number(
      /(\d+) received/.exec((await lab.try('vpc-a-web-1', `ping -c 5 -i 0.05 -W 0.3 -s ${size} 10.0.1.11`)).out)?.[1],
    )
  await using users = await send(lab, probe({ from: 'vpc-a-web-1', to: 'vpc-a-web-2', rate: '1000pps' }))
  await until(lab, users.sustained, { within: '15s' })

  const rain = impair({ between: access, direction: 'forward', loss: '20%', bursts: 8, only: 'udp/7000' })
  const narrow = impair({ between: access, direction: 'forward', mtu: 600 })
  await using raining = await inject(lab, rain)
  await using narrowed = await inject(lab, narrow, { effectiveWithin: '5s' }).catch(async (error: unknown) => {
    expect(String(error)).toMatch(/^LabError: invalid: loss of packets above 600 bytes .* 0 too long of \d+ packets$/)
    const again = inject(lab, narrow)
    await pings(1000)
    return again
  })
  await until(lab, await met(lab, 'vpc-a-web-1', 4000), { within: '15s' })
  await raining.heal()
  expect([await pings(572), await pings(573)]).toEqual([5, 0])
  await narrowed.heal()
  expect(await pings(573)).toBe(5)

  const noise = impair({ between: access, direction: 'forward', corrupt: '10%', only: 'udp/7000' })
  await using noisy = await inject(lab, noise)
  await until(lab, await met(lab, 'vpc-a-web-1', 2000), { within: '15s' })
  await noisy.heal()
  await users.stop()

  const [wet, loud] = [told(lab, rain), told(lab, noise)]
  const seen = tapped(lab, users, 'forward', rain)
  expect(seen.lost).toBe(wet.lost)
  expect(wet.lost / wet.met).toBeGreaterThan(0.127)
  expect(wet.lost / wet.met).toBeLessThan(0.273)
  expect(seen.lost / seen.bursts).toBeGreaterThan(5.5)
  expect(seen.lost / seen.bursts).toBeLessThan(10.5)
  // A probe whose checksum does not hold counts as lost (RFC 7680, section 2.5).
  expect(tapped(lab, users, 'forward', noise).lost).toBe(loud.corrupted)
  const range = binomialRange(loud.met, 0.1)
  expect(loud.corrupted).toBeGreaterThanOrEqual(range.least)
  expect(loud.corrupted).toBeLessThanOrEqual(range.most)
  expect(told(lab, narrow).tooLong).toBeGreaterThan(5)
})

test('a block takes what it names, inside Geneve too, and nothing else; of what nobody sends it is invalid', async (run) => {
  await using lab = await startLab(twoVpcs, run)
  const gets = async () => (await lab.try('vpc-a-web-1', 'curl -sS -m 0.5 -o /dev/null http://10.0.1.11:80/')).exit
  const pings = async () => (await lab.try('vpc-a-web-1', 'ping -c 2 -i 0.1 -W 0.3 10.0.1.11')).exit
  expect([await gets(), await pings()]).toEqual([0, 0])

  const inside = { protocol: 'tcp', port: 80, peer: 'vpc-a-web-2', inside: true } as const
  await using users = await send(lab, http({ from: 'vpc-a-web-1', to: 'vpc-a-web-2', rate: '20/s' }))
  await until(lab, users.answered, { within: '10s' })
  await using blocked = await inject(lab, block({ between: ['chassis-1', FABRIC], what: inside }))
  expect([await gets(), await pings()]).toEqual([28, 0])
  await blocked.heal()
  expect(await gets()).toBe(0)
  await users.stop()

  const nobody = await failure(() => inject(lab, block({ between: ['chassis-1', FABRIC], what: 'nb' })))
  expect(nobody).toMatch(
    /^LabError: invalid: block of NB connections between chassis-1 and fabric did not bite: waited .* for packets to be dropped at the wire; last saw 0 packets dropped at 2 directions of links$/,
  )
  // Met outside only, though there is plenty of it inside Geneve.
  const outside = await failure(() =>
    inject(lab, block({ between: ['chassis-1', FABRIC], what: { protocol: 'icmp', peer: 'vpc-a-web-2' } })),
  )
  expect(outside).toMatch(/^LabError: invalid: block of icmp with vpc-a-web-2 .* did not bite/)
  expect(await lab.wires.rules.written()).toEqual([])
})
