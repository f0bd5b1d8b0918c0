/** Whether a machine already has what a step brings. */
export type State = { readonly is: 'ok' | 'missing'; readonly detail: string }

/** One thing that a machine needs before a lab can start. */
export type Step = {
  /** 'Docker engine' */
  readonly name: string
  /** Looks and changes nothing. */
  readonly state: () => Promise<State>
  /** Brings it. Throws LabError, one line with the way out, when it cannot. */
  readonly do: () => Promise<void>
}

export const ok = (detail: string): State => ({ is: 'ok', detail })
export const missing = (detail: string): State => ({ is: 'missing', detail })
