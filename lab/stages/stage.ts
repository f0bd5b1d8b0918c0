// An outage as stages: where the time went from the instant of a fault to the recovery by the taps.

import { human } from '../time.ts'
import type { Signal, Step } from './signal.ts'
import type { Timer } from './timers.ts'

export type StageName =
  | 'detected'
  | 'decided'
  | 'installed'
  | 'advertised'
  | 'healed'
  | 'first packet'
  /** Nothing that was told accounts for it. */
  | 'unattributed'

/** What ended a stage. */
export type Ended = {
  /** 'BFD with nat-gw-a-1 down, control expired' */
  readonly event: string
  /** 'bfdd at internet'; 'ovn-controller of chassis-1, in the SB'; 'taps' */
  readonly source: string
  /** By the source's own stamp, ns from the fault. */
  readonly atNs: number
  /** How exactly that is known, ns. */
  readonly resolutionNs: number
  /** It may have happened earlier by so much: it was stamped where it was read, ns. */
  readonly lateNs?: number
}

export type Stage = {
  readonly name: StageName
  /** From the instant that the outage counts from, ns. */
  readonly fromNs: number
  readonly toNs: number
  /** How much of it was lost, ns. */
  readonly lostNs: number
  readonly ended: Ended
  /** The timer that it waited for. */
  readonly timer?: Timer
}

/** Passed or lost without a break, ns from the fault. */
export type Spell = {
  readonly is: 'passed' | 'lost'
  readonly fromNs: number
  readonly toNs: number
  /** What changed the way in the very gap between the last probe that passed and the first that was lost. */
  readonly onset?: Ended
}

export type Stages = {
  /** The instant that all counts from, ns since the history's epoch: the fault took hold, or let go. */
  readonly originNs: number
  readonly originBoundNs: number
  /** Without a gap; their lengths add up to `totalNs`, what was lost in them to the loss of connectivity period. */
  readonly stages: readonly Stage[]
  /** From the fault to the recovery; to the last known loss where it did not recover. 0 within the fault's own bracket. */
  readonly totalNs: number
  readonly recovered: boolean
  /** Of both ends together, ns. */
  readonly boundNs: number
  /** Before the first loss, lost, between losses, and so on; by the midpoints of what the taps know. */
  readonly spells: readonly Spell[]
}

const NAMES: Readonly<Record<Step, StageName>> = {
  healed: 'healed',
  link: 'detected',
  tunnel: 'detected',
  'tunnel-told': 'detected',
  bfd: 'detected',
  session: 'detected',
  spf: 'decided',
  'peers-heard': 'decided',
  'best-path': 'decided',
  claim: 'decided',
  'logical-flows': 'decided',
  'update-sent': 'advertised',
  'update-received': 'advertised',
  binding: 'advertised',
  'learned-route': 'advertised',
  route: 'installed',
  openflow: 'installed',
  datapath: 'installed',
  translation: 'first packet',
}

/** bgpd and ospfd that are told by bfdd or by the kernel have nothing left to detect: they drop the session. */
export const stageName = ({ step }: Signal, cause: Signal | undefined): StageName =>
  step === 'session' && (cause?.step === 'bfd' || cause?.step === 'link') ? 'decided' : NAMES[step]

/** The stage that cost most of what was lost, or where nothing was lost, of the time. */
export const longest = ({ stages }: Pick<Stages, 'stages'>): Stage | undefined =>
  stages.toSorted((a, b) => b.lostNs - a.lostNs || b.toNs - b.fromNs - (a.toNs - a.fromNs))[0]

/** 'BFD with nat-gw-a-1 down, control expired, bfdd at chassis-1' */
export const endedText = ({ event, source }: Ended): string => (source === 'taps' ? event : `${event}, ${source}`)

/**
 * 'longest stage 298ms, detected: BFD with nat-gw-a-1 down, control expired, bfdd at chassis-1'; nothing where no
 * event accounts for any.
 */
export function longestText(stages: Stages | undefined): string[] {
  if (!stages?.stages.some(({ name }) => name !== 'unattributed')) return []
  const stage = longest(stages)
  return stage ? [`longest stage ${human(stage.toNs - stage.fromNs)}, ${stage.name}: ${endedText(stage.ended)}`] : []
}
