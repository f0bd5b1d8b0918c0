// What the machine does to those who keep time, as the watch in the patchbay tells it.

/** It let a process wait that had nothing to do but wake up: all that is timed stood still as long. */
export type StallEvent = {
  readonly kind: 'stall'
  readonly lengthNs: number
}

/**
 * The clock that everything is stamped by did not run on evenly. A `step` came at once, a `drift` little
 * by little; `apart` is how far the lab's clock was found from the runner's.
 */
export type ClockEvent = {
  readonly kind: 'clock'
  readonly how: 'step' | 'drift' | 'apart'
  readonly byNs: number
}

/** The hypervisor ran somebody else on our CPUs, in the second that ended then. */
export type StealEvent = {
  readonly kind: 'steal'
  /** The most that one CPU lost within any 300 ms, the shortest detection time in use. */
  readonly mostNs: number
  /** What all CPUs lost since it was told last. */
  readonly allNs: number
  readonly cpus: number
}
