import { LabError, ScenarioError } from '../../lab/errors.ts'
import type { Bracket } from '../../lab/events.ts'
import { type Duration, human, toNs } from '../../lab/time.ts'
import { reached } from '../../lab/until.ts'
import type { Fault } from '../fault.ts'
import { type Struck, strike } from '../strike.ts'
import { lasting } from './lasting.ts'
import { all } from './together.ts'

export type Repeat = {
  /** How often; without it, until it is healed. */
  readonly times?: number
  /** How long each strike lasts. */
  readonly lasting: Duration
  /** From one strike to the next, longer than each lasts. */
  readonly every: Duration
  /** How far a strike may come early or late, as a share of what lies between two: 0.2. From the lab's seed. */
  readonly jitter?: number
}

/** A strike that comes later than by this share of its period has missed it: the schedule was not kept. */
const MOST_LATE = 0.5

function checked({ times, lasting: down, every, jitter = 0 }: Repeat) {
  const [downNs, everyNs] = [toNs(down), toNs(every)]
  if (times !== undefined && !(Number.isInteger(times) && times >= 1))
    throw new ScenarioError(`no number of times: ${times}; write 1 or more`)
  if (!(jitter >= 0 && jitter < 1))
    throw new ScenarioError(`no jitter: ${jitter}; write a share from 0 up to 1, as in 0.2`)
  if (downNs >= everyNs)
    throw new ScenarioError(`strikes of ${down} every ${every} would overlap; let each end before the next`)
  return { times: times ?? Number.POSITIVE_INFINITY, everyNs, slackNs: (everyNs - downNs) * jitter }
}

const say = ({ times, lasting: down, every }: Repeat) =>
  `${times === undefined ? 'again and again' : `${times} times`}, ${down} every ${every}`

/**
 * A fault that strikes again and again, each strike proved and healed before the next, at instants
 * fixed when the first took hold. Throws ScenarioError for a schedule that cannot be.
 */
export function repeat(fault: Fault, schedule: Repeat): Fault {
  const { times, everyNs, slackNs } = checked(schedule)
  const name = `${fault.name} ${say(schedule)}`
  const nth = (i: number): Fault => ({
    ...lasting(fault, schedule.lasting),
    name: `${fault.name} (${i + 1}${times === Number.POSITIVE_INFINITY ? '' : ` of ${times}`})`,
  })
  return {
    name,
    ...(times < Number.POSITIVE_INFINITY && { ends: `after ${human((times - 1) * everyNs + toNs(schedule.lasting))}` }),
    targets: fault.targets,
    ...(fault.reach && { reach: fault.reach }),
    check: fault.check,
    apply: async (lab) => {
      const early = new AbortController()
      const signal = lab.signal ? AbortSignal.any([lab.signal, early.signal]) : early.signal
      const chance = lab.random(name)
      const first = await strike(lab, nth(0))
      let now: Struck = first
      const rest = async (): Promise<Bracket> => {
        for (let i = 1; i < times; i++) {
          await now.over
          await now.heal() // it has ended; this waits until what it broke serves again
          const dueNs = first.bracket.fromNs + i * everyNs + (2 * chance() - 1) * slackNs
          await reached({ ...lab, signal }, dueNs)
          const lateNs = lab.history.now() - dueNs
          if (lateNs > MOST_LATE * everyNs)
            throw new LabError(`invalid: strike ${i + 1} of ${name} came ${human(lateNs)} late`)
          now = await strike(lab, nth(i))
        }
        await now.over
        return now.heal()
      }
      const over = ended(rest(), signal, () => now.heal())
      return {
        bracket: first.bracket,
        effective: all([]), // each strike proves itself
        heal: async () => {
          early.abort()
          await now.heal()
          return over
        },
        restored: all([]),
        over,
      }
    },
  }
}

/** What came of the schedule; ended early is ended well. */
function ended(rest: Promise<Bracket>, signal: AbortSignal, letGo: () => Promise<Bracket>): Promise<Bracket> {
  const over = rest.catch(async (error: unknown) => {
    const bracket = await letGo()
    if (signal.aborted) return bracket
    throw error
  })
  void over.catch(() => undefined) // whoever asks is told; that nobody asks is no crash
  return over
}

/** Again and again, until it is healed. */
export const every = (period: Duration, fault: Fault, { lasting: length }: { readonly lasting: Duration }): Fault =>
  repeat(fault, { every: period, lasting: length })
