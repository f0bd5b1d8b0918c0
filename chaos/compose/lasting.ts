import { LabError } from '../../lab/errors.ts'
import { type Duration, human, toNs } from '../../lab/time.ts'
import type { Lab } from '../../lab/types.ts'
import { type Condition, reached, waitFor } from '../../lab/until.ts'
import type { Applied, Fault } from '../fault.ts'

/** How long a fault lasts: a length of time, or until something holds, which it must in time. */
export type Length = Duration | { readonly until: Condition<Lab>; readonly within: Duration }

const ends = (length: Length) =>
  typeof length === 'string' ? `after ${length}` : `once ${length.until.name}, within ${length.within}`
const say = (length: Length) => (typeof length === 'string' ? `for ${length}` : `until ${length.until.name}`)

/** Starts what ends a fault; `stop` ends it at once. Its proof comes first: a fault nobody saw has not been there. */
function ending(lab: Lab, name: string, { bracket, effective, heal }: Applied, length: Length) {
  const early = new AbortController()
  const signal = lab.signal ? AbortSignal.any([lab.signal, early.signal]) : early.signal
  const patient = { ...lab, signal }
  const limit = typeof length === 'string' ? length : length.within
  const proof = waitFor(lab, effective, { within: limit, every: '5ms' })
  const held = async () => {
    await proof
    if (typeof length === 'string') return reached(patient, bracket.fromNs + toNs(length))
    const { holds, saw, tookNs } = await waitFor(patient, length.until, { within: length.within })
    if (!holds) throw new LabError(`${name} waited ${human(tookNs)} for ${length.until.name}; last saw ${saw}`)
  }
  let letGo: ReturnType<typeof heal> | undefined
  const once = () => {
    letGo ??= heal()
    return letGo
  }
  const over = held().then(
    () => once(),
    async (error: unknown) => {
      const bracket = await once()
      if (signal.aborted) return bracket
      throw error
    },
  )
  void over.catch(() => undefined) // whoever asks is told; that nobody asks is no crash
  return {
    over,
    proof,
    stop: async () => {
      early.abort()
      await over.catch(() => undefined)
      return once()
    },
  }
}

/**
 * A fault that ends by itself: after a length of time from the instant that it took hold, or when
 * something holds. Throws ScenarioError for a length that is none.
 */
export function lasting(fault: Fault, length: Length): Fault {
  toNs(typeof length === 'string' ? length : length.within)
  const name = `${fault.name} ${say(length)}`
  return {
    ...fault,
    name,
    ends: ends(length),
    apply: async (lab) => {
      const applied = await fault.apply(lab)
      const { over, proof, stop } = ending(lab, name, applied, length)
      return {
        ...applied,
        effective: { ...applied.effective, look: () => proof },
        heal: stop,
        over,
      }
    },
  }
}
