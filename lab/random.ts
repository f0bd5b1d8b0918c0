// Chance that can be repeated: everything random in a run comes from one seed, which is printed.

import { createHash, randomBytes } from 'node:crypto'
import { ScenarioError } from './errors.ts'

/** Numbers from 0 up to 1. */
export type Chance = () => number

/** The same for the same seed (mulberry32). */
export function random(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * A run's own chance, for one purpose each: what one asks for does not change what another gets. The
 * purpose is a text, such as a fault's name.
 */
export const chanceOf =
  (seed: string) =>
  (purpose: string): Chance =>
    random(createHash('sha256').update(`${seed}\0${purpose}`).digest().readUInt32BE())

/** The seed that SEED asks for, or a new one. Throws ScenarioError for one that cannot be typed again. */
export function seedOf(asked: string | undefined = process.env.SEED): string {
  if (!asked) return randomBytes(4).toString('hex')
  if (/^[\w.-]{1,64}$/.test(asked)) return asked
  throw new ScenarioError(`no seed: '${asked}'; write up to 64 letters, digits, dots and dashes`)
}

/** One of several, each as likely. Throws ScenarioError where there is none. */
export function oneOf<T>(choices: readonly T[], chance: Chance): T {
  const choice = choices[Math.floor(chance() * choices.length)]
  if (choice === undefined) throw new ScenarioError('nothing to choose from')
  return choice
}
