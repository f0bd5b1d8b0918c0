import type { Bracket } from '../events.ts'

/** The harness changed the NB, as an operator or a cloud does: from before its client asked until the NB had it. */
export type NbChangeEvent = {
  readonly kind: 'nb-change'
  /** 'addition of ls-vpc-a-new' */
  readonly change: string
  /** The logical switch that came or went. */
  readonly subnet: string
  readonly bracket: Bracket
}
