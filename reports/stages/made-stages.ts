// Stages with round numbers, for tests of how they are told.

import type { Stage, Stages } from '../../lab/stages/stage.ts'
import type { Row } from '../measures.ts'

const MS = 1e6

const stage = (name: Stage['name'], fromMs: number, toMs: number, event: string, source: string): Stage => ({
  name,
  fromNs: fromMs * MS,
  toNs: toMs * MS,
  lostNs: (toMs - fromMs) * MS,
  ended: { event, source, atNs: toMs * MS, resolutionNs: 1e3 },
})

/** A failover that takes 358 ms, of which 4 are unattributed. */
export const failover: Stages = {
  originNs: 12_000 * MS,
  originBoundNs: 0,
  totalNs: 358 * MS,
  recovered: true,
  boundNs: MS,
  spells: [
    { is: 'passed', fromNs: 0, toNs: 0 },
    { is: 'lost', fromNs: 0, toNs: 358 * MS },
  ],
  stages: [
    {
      ...stage('detected', 0, 298, 'BFD with nat-gw-a-1 down, control expired', 'bfdd at chassis-1'),
      timer: { name: 'BFD 3 × 100 ms', lowNs: 200 * MS, highNs: 300 * MS },
    },
    stage('decided', 298, 298.2, 'BGP session with nat-gw-a-1 down', 'bgpd at chassis-1'),
    stage('decided', 298.2, 348, 'best path of 0.0.0.0/0: nat-gw-a-2', 'bgpd at chassis-1'),
    stage('installed', 348, 354, '1 OpenFlow rule of lr-vpc-a in table 23', 'ovs-vswitchd at chassis-1'),
    stage('unattributed', 354, 358, 'first packet', 'taps'),
  ],
}

/** Nothing is lost for 5 s, and then for 20 ms. */
export const reversion: Stages = {
  ...failover,
  totalNs: 5020 * MS,
  spells: [
    { is: 'passed', fromNs: 0, toNs: 5000 * MS },
    {
      is: 'lost',
      fromNs: 5000 * MS,
      toNs: 5020 * MS,
      onset: {
        event: 'kernel route to 203.0.113.17/32 via nat-gw-a-1',
        source: 'kernel at internet',
        atNs: 4999 * MS,
        resolutionNs: 1e3,
        lateNs: 5 * MS,
      },
    },
  ],
  stages: [
    { ...stage('detected', 0, 4900, 'BFD with nat-gw-a-1 up', 'bfdd at internet'), lostNs: 0 },
    { ...stage('decided', 4900, 4990, 'best path of 0.0.0.0/0: nat-gw-a-1', 'bgpd at chassis-1'), lostNs: 0 },
    stage('installed', 5000, 5020, '1 OpenFlow rule of lr-vpc-a in table 23', 'ovs-vswitchd at chassis-1'),
    stage('first packet', 5020, 5020, 'first packet', 'taps'),
  ],
}

/** A row of measures with stages; all else of it is left empty. */
export const rowWith = (stages: Stages, event: 'initial' | 'reversion' = 'initial'): Row => ({
  flow: 'probe vpc-a-web-1 → internet',
  direction: 'forward',
  phase: event === 'initial' ? 'during death of nat-gw-a-1' : 'after death of nat-gw-a-1',
  event,
  flows: 1,
  counts: { sent: 500, lost: 179, late: 0, duplicated: 0, reordered: 0 },
  sent: 500,
  lost: 179,
  periods: 1,
  outage: { ns: 358 * MS, boundNs: 2 * MS, open: false },
  figures: {},
  stages,
})
