// What generators of real traffic refuse, each in one line and before anything is sent.

import { expect, test } from 'vitest'
import { ScenarioError } from '../lab/errors.ts'
import { type BulkOptions, bulk } from './bulk.ts'
import { type HttpOptions, http } from './http.ts'
import { type IcmpOptions, icmp } from './icmp.ts'
import { madeLab } from './made-lab.ts'
import { mix } from './mix.ts'
import { type Line, profile } from './profile.ts'
import { type SessionsOptions, sessions } from './sessions.ts'
import { send, type Traffic } from './traffic.ts'

const ends = { from: 'vpc-a-web-1', to: 'vpc-a-app-2' }
const web = (more: object) => () => http({ ...ends, ...more } as HttpOptions)
const data = (more: object) => () => bulk({ ...ends, ...more } as BulkOptions)
const pings = (more: object) => () => icmp({ ...ends, ...more } as IcmpOptions)
const held = (more: object) => () => sessions({ ...ends, ...more } as SessionsOptions)
const tiers =
  (...traffic: object[]) =>
  () =>
    profile({ name: 'tier mix', traffic: traffic as Line[] })

const rows: readonly (readonly [string, () => Traffic, string])[] = [
  [
    'a node that is not there',
    web({ to: 'vpc-a-app-9' }),
    "no node 'vpc-a-app-9' in made-up; it has vpc-a-app-1, vpc-a-app-2",
  ],
  [
    'an end that is no end',
    web({ to: 'chassis-1' }),
    'chassis-1 is a chassis; http goes between workloads, or to the internet',
  ],
  ['itself', web({ to: 'vpc-a-web-1' }), 'http goes from vpc-a-web-1 to itself; wanted two nodes'],
  [
    'one that serves nothing',
    web({ to: 'vpc-a-db-1' }),
    "vpc-a-db-1 serves no HTTP; a workload does where the topology gives it a port in 'serves'",
  ],
  ['a rate without a unit', web({ rate: '100' }), "no rate of requests: '100'; write 1/s to 2000/s"],
  [
    'too high a rate',
    web({ rate: '301/s', mode: 'new-connection' }),
    "no rate of requests: '301/s'; write 1/s to 300/s",
  ],
  [
    'more connections than requests',
    web({ rate: '10/s', connections: 11 }),
    'no number of connections: 11; wanted 1 to 10',
  ],
  [
    'two classes of one name',
    web({ classes: [{}, { path: '/' }] }),
    "two classes of requests are 'GET /'; their results could not be told apart",
  ],
  [
    'a path that is none',
    web({ classes: [{ path: '/a b' }] }),
    "no path of a request: '/a b'; it starts with a slash, as in /status",
  ],
  ['too short a timeout', web({ timeout: '1s' }), "no timeout of requests: '1s'; wanted 2s to 60s"],
  [
    'a bit rate without a unit',
    data({ rate: '100' }),
    "no bit rate: '100'; write a number and kbps, Mbps or Gbps, as in '100Mbps'",
  ],
  ['too high a bit rate', data({ rate: '11Gbps' }), "no bit rate of a flow: '11Gbps'; write 10kbps to 10000Mbps"],
  ['half a stream', data({ streams: 0.5 }), 'no number of streams: 0.5; wanted 1 to 128'],
  [
    'pairs that are denied',
    pings({ to: 'vpc-a-db-1' }),
    'icmp from vpc-a-web-1 to vpc-a-db-1: the policy of made-up denies all',
  ],
  ['no pair', pings({ to: ['vpc-a-web-1'] }), 'icmp from vpc-a-web-1 to vpc-a-web-1: that leaves no pair of two nodes'],
  ['too many echoes', pings({ rate: '101/s' }), "no rate of echo requests: '101/s'; write 1/s to 100/s"],
  ['no sessions', held({ count: 0 }), 'no number of sessions: 0; wanted 1 to 2000'],
  ['exchanges without a pause', held({ every: '1ms' }), "no time between exchanges: '1ms'; wanted 20ms to 60s"],
  ['a mix that is none', () => mix('light' as 'heavy'), "no mix 'light'; there are standard, heavy"],
  [
    'a mix for nobody',
    () => mix('heavy', { tenants: ['tenant-3'] }),
    "heavy mix: no tenant 'tenant-3' in made-up; it has tenant-1, tenant-2",
  ],
  ['a profile of nothing', tiers(), 'tier mix has no traffic'],
  [
    'another tenant',
    tiers({ tenant: 'tenant-9', from: 'web', to: 'app', http: {} }),
    "tier mix: no tenant 'tenant-9' in made-up; it has tenant-1, tenant-2",
  ],
  [
    'a tier that is not there',
    tiers({ from: 'web', to: 'test', http: {} }),
    "tier mix: no tier 'test' in vpc-a; it has web, app, db",
  ],
  ['a word that is neither tier nor node', tiers({ from: 'web', to: 'cache', http: {} }), "no node 'cache' in made-up"],
  [
    'what the policy denies',
    tiers({ from: 'web', to: 'db', bulk: {} }),
    'tier mix: the policy of made-up denies vpc-a-web-1 → vpc-a-db-1',
  ],
  [
    'nodes of two VPCs',
    tiers({ from: 'vpc-a-web-1', to: 'vpc-b-web-1', http: {} }),
    'tier mix: vpc-a-web-1 and vpc-b-web-1 are not in one VPC',
  ],
  [
    'the same twice',
    tiers({ from: 'web', to: 'app', http: {} }, { from: 'vpc-a-web-1', to: 'app', http: {} }),
    'tier mix: http vpc-a-web-1 → vpc-a-app-2 is in it twice; their results could not be told apart',
  ],
]

test.each(rows)('%s is refused', async (_, build, says) => {
  const { lab, commands } = madeLab()
  const refused = await (async () => send(lab, build()))().catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(ScenarioError)
  expect((refused as Error).message.startsWith(says), (refused as Error).message).toBe(true)
  expect([commands, lab.history.events]).toEqual([[], []])
})
