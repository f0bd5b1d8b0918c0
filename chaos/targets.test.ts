import { expect, test } from 'vitest'
import { LabError, ScenarioError } from '../lab/errors.ts'
import { ofKind } from '../lab/history.ts'
import type { Lab } from '../lab/types.ts'
import type { Fault } from './fault.ts'
import { inject } from './inject.ts'
import { type MadeLab, madeFault, madeLab } from './made-lab.ts'
import { activeGateway, anyOf, anyWithRole, chassisHosting, gatewayChassis, on } from './targets.ts'

type Rows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>

const withRows = (made: MadeLab, tables: Rows): Lab => ({
  ...made.lab,
  southbound: { rows: (table: string) => tables[table] ?? [], close: () => undefined } as Lab['southbound'],
})

const bound: Rows = {
  Chassis: [{ _uuid: 'c1', name: 'chassis-1' }],
  Port_Binding: [
    { logical_port: 'nat-gw-a-1', chassis: 'c1' },
    { logical_port: 'cr-lrp-vpc-a-nat', chassis: 'c1' },
    { logical_port: 'adrift', chassis: null },
  ],
  Datapath_Binding: [{ _uuid: 'd1', external_ids: { name: 'lr-vpc-a' }, tunnel_key: 1001 }],
  Learned_Route: [{ datapath: 'd1', ip_prefix: '0.0.0.0/0', nexthop: '10.0.255.254', logical_port: 'x' }],
}

/** A fault that tells whom it struck. */
const blow =
  (made: MadeLab) =>
  (node: string): Fault => ({ ...madeFault(made, { name: `blow to ${node}` }), targets: [node] })

test('a fault on a target bears its name, and the history says whom it struck', async () => {
  const made = madeLab()
  const lab = withRows(made, bound)
  const struck = await inject(lab, on(activeGateway('vpc-a'), blow(made)))
  expect(struck.name).toBe('blow to the active NAT gateway of vpc-a')
  expect(made.deeds).toContain('blow to nat-gw-a-1 begins')
  expect(ofKind(made.history, 'fault').find(({ phase }) => phase === 'applied')?.targets).toEqual(['nat-gw-a-1'])
})

test('who hosts a port is read from the SB', async () => {
  const lab = withRows(madeLab(), bound)
  expect(await chassisHosting('nat-gw-a-1').find(lab)).toBe('chassis-1')
  expect(await activeGateway('vpc-a').find(lab)).toBe('nat-gw-a-1')
})

test('a target that is nobody now makes the run invalid', async () => {
  const lab = withRows(madeLab(), {})
  await expect(chassisHosting('nat-gw-a-1').find(lab)).rejects.toThrow(LabError)
  await expect(gatewayChassis('vpc-a').find(lab)).rejects.toThrow(/^the SB has no port cr-/)
  await expect(activeGateway('vpc-a').find(lab)).rejects.toThrow(
    'lr-vpc-a sends 0.0.0.0/0 to nobody: no one gateway is active',
  )
})

test('two active gateways are none', async () => {
  const two = [
    ...(bound.Learned_Route ?? []),
    { datapath: 'd1', ip_prefix: '0.0.0.0/0', nexthop: '10.0.255.253', logical_port: 'x' },
  ]
  await expect(activeGateway('vpc-a').find(withRows(madeLab(), { ...bound, Learned_Route: two }))).rejects.toThrow(
    LabError,
  )
})

test.each([
  ['a VPC', () => activeGateway('vpc-z')],
  ['a port', () => chassisHosting('vpc-a-web-9')],
  ['a node', () => anyOf(['nat-gw-a-1', 'nat-gw-z-1'])],
])('%s that is not there is refused before anything is touched', async (_, target) => {
  const made = madeLab()
  await expect(inject(made.lab, on(target(), blow(made)))).rejects.toThrow(ScenarioError)
  expect(made.deeds).toEqual([])
})

test('any of several is one of them, the same for the same seed', async () => {
  const { lab } = madeLab()
  const names = ['chassis-1', 'central', 'internet']
  const first = await anyOf(names).find(lab)
  expect(names).toContain(first)
  expect(await anyOf(names).find(lab)).toBe(first)
  expect(await anyWithRole('gateway').find(lab)).toBe('nat-gw-a-1')
})
