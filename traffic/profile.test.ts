import { expect, test } from 'vitest'
import { ofKind } from '../lab/history.ts'
import { icmp } from './icmp.ts'
import { madeLab } from './made-lab.ts'
import { mix } from './mix.ts'
import { profile } from './profile.ts'
import { send, type Traffic } from './traffic.ts'

/** What is started, in order. */
async function started(traffic: Traffic) {
  const { lab, commands } = madeLab()
  await send(lab, traffic)
  return { flows: ofKind(lab.history, 'traffic'), commands }
}

test('every tenant has its own, between its tiers, across chassis where that can be', async () => {
  const { flows } = await started(
    profile({
      name: 'tier mix',
      traffic: [
        { from: 'web', to: 'app', http: { rate: '50/s' } },
        { tenant: 'tenant-2', from: 'app', to: 'db', sessions: { count: 20 } },
        { from: 'vpc-a-web-2', to: 'internet', bulk: { rate: '5Mbps', protocol: 'udp' } },
        { tenant: 'tenant-1', from: 'web', to: 'web', icmp: {} },
      ],
    }),
  )
  expect(
    flows.map(({ flow, of, tenant, vpc, tier, toTier, asked, unit }) => [
      flow,
      of,
      tenant,
      vpc,
      tier,
      toTier,
      asked,
      unit,
    ]),
  ).toEqual([
    ['http vpc-a-web-1 → vpc-a-app-2', 'tier mix', 'tenant-1', 'vpc-a', 'web', 'app', 50, 'requests'],
    ['http vpc-b-web-1 → vpc-b-app-2', 'tier mix', 'tenant-2', 'vpc-b', 'web', 'app', 50, 'requests'],
    ['sessions vpc-b-app-1 → vpc-b-db-1', 'tier mix', 'tenant-2', 'vpc-b', 'app', 'db', 40, 'exchanges'],
    ['udp vpc-a-web-2 → internet', 'tier mix', 'tenant-1', 'vpc-a', 'web', 'internet', 5e6, 'bits'],
    ['icmp vpc-a-web-1 → vpc-a-web-2', 'tier mix', 'tenant-1', 'vpc-a', 'web', 'web', 5, 'echoes'],
  ])
})

test('a mix is shared out among the tenants', async () => {
  const asked = async (traffic: Traffic) =>
    (await started(traffic)).flows.map(({ flow, asked: rate }) => `${flow} ${rate / (rate > 1e5 ? 1e6 : 1)}`)
  expect(await asked(mix('standard'))).toEqual([
    'tcp vpc-a-app-1 → vpc-a-web-2 50',
    'http vpc-a-web-1 → vpc-a-app-2 50',
    'tcp vpc-b-app-1 → vpc-b-web-2 50',
    'http vpc-b-web-1 → vpc-b-app-2 50',
  ])
  expect(await asked(mix('heavy', { tenants: ['tenant-2'] }))).toEqual([
    'tcp vpc-b-app-1 → vpc-b-web-2 200',
    'http vpc-b-web-1 → vpc-b-app-2 300',
    'sessions vpc-b-web-1 → internet 200',
  ])
})

test('of all pairs only those are sent that the policy allows, unless all are wanted', async () => {
  const nodes = ['vpc-a-web-1', 'vpc-a-app-1', 'vpc-a-db-1', 'vpc-b-web-1']
  const pairs = async (denied: boolean) => {
    const { commands } = await started(icmp({ from: nodes, to: nodes, denied }))
    return commands.flatMap((command) => [...command.matchAll(/"([\w-]+ → [\w-]+)":"/g)].map(([, pair]) => pair)).sort()
  }
  expect(await pairs(false)).toEqual([
    'vpc-a-app-1 → vpc-a-db-1',
    'vpc-a-app-1 → vpc-a-web-1',
    'vpc-a-db-1 → vpc-a-web-1',
    'vpc-a-web-1 → vpc-a-app-1',
  ])
  expect(await pairs(true)).toHaveLength(12)
})
