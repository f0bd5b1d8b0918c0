// What a flow's control run lets be claimed of it: nothing finer than what the instrument itself saw while no
// fault was in force.

import type { FlowRecord } from '../lab/events.ts'
import type { History } from '../lab/history.ts'
import { type Floor, floorOf, hadFault, impairedBefore, leastOutageNs, tooShort } from '../lab/measures/floor.ts'
import { human } from '../lab/time.ts'

/** The floor of a flow, or why a claim on it cannot be carried; neither in a run without a fault, its own control. */
function floorBelow(history: History, record: FlowRecord): Floor | string | undefined {
  if (!hadFault(history)) return undefined
  const floor = floorOf(history, record)
  return typeof floor === 'string' ? floor : (tooShort(floor) ?? floor)
}

type Limit = {
  readonly atMostNs: number
  /** What the outage lasted at least. */
  readonly lowNs: number
}

/** Why the noise floor leaves a limit on an outage undecided, if it does. One longer than the floor is found all the same. */
export function finerThanFloor(history: History, record: FlowRecord, { atMostNs, lowNs }: Limit): string | undefined {
  const floor = floorBelow(history, record)
  if (floor === undefined || typeof floor === 'string') return floor
  const leastNs = leastOutageNs(floor)
  if (atMostNs >= leastNs || lowNs > leastNs) return undefined
  const saw = floor.outageNs > floor.longestGapNs ? 'losses' : 'gaps'
  return `claim tighter than the noise floor: at most ${human(atMostNs)}, while the control run of ${human(floor.lengthNs)} saw ${saw} of ${human(leastNs)}`
}

/** Why packets impaired before any fault leave a claim that none are undecided, if they do. */
export function unsteadyBefore(history: History, record: FlowRecord): string | undefined {
  const floor = floorBelow(history, record)
  if (floor === undefined || typeof floor === 'string') return floor
  const impaired = impairedBefore(floor)
  return impaired && `steady state was not met: the control run of ${human(floor.lengthNs)} had ${impaired}`
}
