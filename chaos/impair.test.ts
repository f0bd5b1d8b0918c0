import { expect, test } from 'vitest'
import { ScenarioError } from '../lab/errors.ts'
import { newPlan } from '../lab/plan/plan.ts'
import { reach } from './guard.ts'
import { change, type Impair, impair } from './impair.ts'
import { inject } from './inject.ts'
import { FABRIC } from './links.ts'
import { madeLab, topology } from './made-lab.ts'
import { madeWires } from './made-wires.ts'
import type { Packets, Percent } from './share.ts'

const uplink = ['nat-gw-a-1', 'internet'] as const
const soon = { effectiveWithin: '30ms' } as const

test.each([
  [{ between: uplink, loss: '10%' }, 'loss of 10% of packets between nat-gw-a-1 and internet'],
  [
    { between: uplink, direction: 'forward', loss: '10%', duplicate: '5%' },
    'loss of 10% and duplication of 5% of packets from nat-gw-a-1 to internet',
  ],
  [
    { between: uplink, direction: 'reverse', duplicate: '0.5%', only: 'udp/3784' },
    'duplication of 0.5% of udp/3784 packets from internet to nat-gw-a-1',
  ],
  [{ between: ['chassis-1', FABRIC], loss: '1%' }, 'loss of 1% of packets between chassis-1 and fabric'],
  [{ between: 'nat-gw-a-1:eth1', direction: 'reverse', loss: '1%' }, 'loss of 1% of packets to nat-gw-a-1:eth1'],
] as const)('an impairment says what happens, and where: %o', (options, name) => {
  expect(impair(options).name).toBe(name)
})

test.each([
  ['0%', "no percentage: '0%'; write more than 0% and at most 100%, as in '10%'"],
  ['101%', "no percentage: '101%'"],
  ['-1%', "no percentage: '-1%'"],
  ['10', "no percentage: '10'"],
  ['ten%', "no percentage: 'ten%'"],
  ['1e1%', "no percentage: '1e1%'"],
] as const)('a share of %s is refused before there is a fault', (share, message) => {
  for (const shares of [{ loss: share as Percent }, { loss: '1%' as Percent, duplicate: share as Percent }]) {
    const build = () => impair({ between: uplink, ...shares })
    expect(build).toThrow(ScenarioError)
    expect(build).toThrow(message)
  }
})

test('an impairment of nothing is refused', () => {
  expect(() => impair({ between: uplink })).toThrow(
    "impair was given neither loss, duplicate, corrupt, mtu, delay nor rate; write one of them, as in loss: '10%'",
  )
})

test.each(['sctp', 'udp/0', 'udp/70000', 'udp/x', 'icmp/8', ''])("packets '%s' are refused", (only) => {
  expect(() => impair({ between: uplink, loss: '1%', only: only as Packets })).toThrow(
    `no packets: '${only}'; write icmp, tcp or udp, or a port as in udp/3784`,
  )
})

test.each([
  [{ between: ['nat-gw-a-1', 'internt'] }, "no node 'internt' in one-gateway; it has internet"],
  [
    { between: ['chassis-1', 'internet'] },
    'no link between chassis-1 and internet in one-gateway; chassis-1 is linked to ',
  ],
  [{ between: 'nat-gw-a-1:eth7' }, "no link 'nat-gw-a-1:eth7' in one-gateway; it has nat-gw-a-1:eth"],
] as const)(
  'a link that is not there is refused in one line before anything is touched: %o',
  async (where, message) => {
    const made = madeLab()
    const refusal = await inject(made.lab, impair({ ...where, loss: '10%' })).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(ScenarioError)
    expect(String(refusal)).toContain(message)
    expect(String(refusal)).not.toContain('\n')
    expect([made.deeds, made.history.events]).toEqual([[], []])
  },
)

test('both nodes of the link may feel it, however it is named', () => {
  const both = [impair({ between: uplink, loss: '1%' }), impair({ between: 'internet:to-a-1', loss: '1%' })]
  for (const fault of both) expect([...reach(fault, topology)].sort()).toEqual(['internet', 'nat-gw-a-1'])
})

const struck = async (options: Omit<Impair, 'loss'>) => {
  const made = madeWires({ lost: 10 })
  await inject(made.lab, impair({ ...options, loss: '10%' }))
  return made.asked[0]
}

test.each([
  [{ between: uplink }, ['from nat-gw-a-1', 'to nat-gw-a-1']],
  [{ between: uplink, direction: 'forward' }, ['from nat-gw-a-1']],
  [{ between: uplink, direction: 'reverse' }, ['to nat-gw-a-1']],
  [{ between: ['internet', 'nat-gw-a-1'], direction: 'forward' }, ['from internet']],
  [{ between: 'internet:to-a-1', direction: 'forward' }, ['from internet']],
  [{ between: ['chassis-1', FABRIC], direction: 'forward' }, ['from chassis-1']],
  [{ between: [FABRIC, 'chassis-1'], direction: 'forward' }, ['to chassis-1']],
] as const)('forward is from the end that is named first: %o', async (options, headings) => {
  expect((await struck(options))?.headings).toEqual(headings)
})

test('the wire is told shares of one, and which packets', async () => {
  const made = madeWires({ lost: 1, duplicated: 1 })
  await inject(made.lab, impair({ between: uplink, loss: '12.5%', duplicate: '100%', only: 'tcp/179' }))
  expect(made.asked[0]?.rule).toEqual({
    loss: 0.125,
    duplicate: 1,
    match: { kinds: [{ protocol: 6, ports: [179, 179] }] },
  })
})

test('it bites once the wire has counted each of what was asked for, and says how many', async () => {
  const made = madeWires({ lost: 10, duplicated: 4 })
  const rain = await inject(made.lab, impair({ between: uplink, loss: '10%', duplicate: '5%' }))
  expect(made.history.events.at(-1)).toMatchObject({
    phase: 'effective',
    proof: '10 lost and 4 duplicated of 100 packets',
  })
  await rain.heal()
  expect([...made.standing]).toEqual([])
})

test('loss without a packet lost, or duplication without a copy, did not bite, and is healed', async () => {
  for (const counts of [{ lost: 3 }, { duplicated: 3 }]) {
    const made = madeWires(counts)
    const dry = inject(made.lab, impair({ between: uplink, loss: '10%', duplicate: '5%' }), soon)
    await expect(dry).rejects.toThrow(/^invalid: loss of 10% and duplication of 5% .* did not bite: .* of 9\d packets$/)
    expect([...made.standing]).toEqual([])
  }
})

test('in a lab that is only planned, a change is noted', async () => {
  const made = madeLab()
  const plan = newPlan()
  const lab = { ...made.lab, history: { ...made.history, plan } }
  await change(lab, impair({ between: uplink, loss: '10%' }), { loss: '30%' })
  expect(plan.steps).toEqual([
    { does: 'change', fault: 'loss of 10% of packets between nat-gw-a-1 and internet', to: 'loss of 30%' },
  ])
})

test('an impairment is changed in force, and tells so; no shares are refused', async () => {
  const made = madeWires({ lost: 1 })
  const rain = impair({ between: uplink, loss: '10%' })
  await inject(made.lab, rain)
  await change(made.lab, rain, { loss: '30%', duplicate: '1%' })
  expect(made.asked.at(-1)).toMatchObject({ name: rain.name, rule: { loss: 0.3, duplicate: 0.01 } })
  expect(made.history.events.at(-1)).toMatchObject({ phase: 'changed', proof: 'loss of 30% and duplication of 1%' })
  await expect(change(made.lab, rain, {})).rejects.toThrow(ScenarioError)
})
