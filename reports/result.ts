// What a run came to, as one value: result.json, embedded in every page, listed in the index.

import type { Event } from '../lab/events.ts'
import { ofKind } from '../lab/history.ts'
import { type FaultWindow, faultWindows } from '../lab/loss/strike.ts'
import { told } from './describe.ts'
import { type FloorRow, floorsOf } from './floors.ts'
import { measures, type Row } from './measures.ts'
import type { Outcome } from './outcome.ts'
import { type InForce, inForce } from './parameters.ts'
import { type Provisioned, provisionings } from './provisioning.ts'
import type { Run } from './run.ts'
import { type Spent, spentOf } from './time/spent.ts'
import { type TrafficFlow, trafficFlows } from './traffic/rows.ts'

export type Claim = {
  readonly claim: string
  readonly is: 'upheld' | 'broken' | 'undecided'
  readonly measured: string
}

export type Result = Outcome & {
  /** 'nat-failover' */
  readonly scenario: string
  /** The test's name: the claim, as a sentence. */
  readonly test: string
  /** The header comment of the scenario's file. */
  readonly description: string
  /** '2026-11-22T15:45:08.000Z' */
  readonly startedAt: string
  readonly tookNs: number
  readonly spent: Spent
  readonly claims: readonly Claim[]
  readonly measures: readonly Row[]
  /** What real traffic came to, by flow and phase. */
  readonly traffic: readonly TrafficFlow[]
  /** What no measure is finer than. */
  readonly noiseFloor: readonly FloorRow[]
  readonly parameters: InForce
  /** Subnets that came while it ran; none in results of older runs. */
  readonly provisioned?: readonly Provisioned[]
  /** Times since the run's start. */
  readonly faults: readonly FaultWindow[]
  readonly topology?: string
  readonly versions: Readonly<Record<string, string>>
}

export type Told = { readonly test: string; readonly description: string; readonly outcome: Outcome }

export const lastNs = (events: readonly Event[]): number => events.reduce((last, { atNs }) => Math.max(last, atNs), 0)

export function resultOf(run: Run, { test, description, outcome }: Told): Result {
  return {
    ...outcome,
    scenario: run.scenario,
    test,
    description,
    startedAt: new Date(run.epochMs).toISOString(),
    tookNs: lastNs(run.events),
    spent: spentOf(run.events),
    claims: ofKind(run, 'verdict').map((verdict) => ({
      claim: verdict.claim,
      is: verdict.is,
      measured: told(verdict),
    })),
    measures: measures(run.events),
    traffic: trafficFlows(run.events),
    noiseFloor: floorsOf(run.events),
    parameters: inForce(run),
    provisioned: provisionings(run.events),
    faults: faultWindows(run.events),
    ...(run.topology && { topology: run.topology.name }),
    versions: run.versions,
  }
}
