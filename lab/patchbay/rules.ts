// What happens to a share of the packets of a link, on their way through the patchbay. Each rule is one
// fault's own, with counts of its own; several at one direction leave each other alone.

import { LabError } from '../errors.ts'
import type { Bracket } from '../events.ts'
import type { History } from '../history.ts'
import { newHolds } from './holds.ts'
import { both, NOTHING, type Rule, type Tally, tallyOf, words } from './rule.ts'
import type { Heading } from './wires.ts'

/** What is to happen in one direction of a link. */
export type Course = { readonly heading: Heading; readonly rule: Rule }

/** Rules in force. */
export type Standing = {
  readonly name: string
  /** When it took hold, everywhere. */
  readonly bracket: Bracket
  /** One for each of its directions. Once it is lifted, what it came to. */
  readonly tally: () => Promise<readonly Tally[]>
  /** Takes it away; resolves with when it let go. Whatever else is in force stays. */
  readonly lift: () => Promise<Bracket>
  /** Whether the kernel still has it anywhere. */
  readonly stands: () => Promise<boolean>
}

/** What a rule does to the packets that it meets: what can be changed while it is in force. */
export type Shares = Omit<Rule, 'match'>

export type Rules = {
  /** Puts these rules in force, each at its direction, in one step, or none of them. */
  readonly impose: (name: string, courses: readonly Course[]) => Promise<Standing>
  /** Gives all rules of a name other shares, in one step and without a gap. Throws LabError where none of this name is in force. */
  readonly change: (name: string, to: Shares) => Promise<Bracket>
  /** Puts what is in force also on links that were made anew. */
  readonly renew: () => Promise<void>
  /** The rules that are written down in the kernel: '2 at w4a', none when nothing is left. */
  readonly written: () => Promise<readonly string[]>
}

/** Where a rule is written down: a direction's cell, and one of the slots of that. */
type Place = { readonly key: number; readonly slot: number }

/** A course in force. A link that is made anew has a new cell; what the old one counted still counts. */
type Running = { readonly heading: Heading; rule: Rule; readonly places: Place[] }

type Force = { readonly name: string; readonly courses: readonly Running[] }

/** How the patchbay is asked, and where packets of a direction are met now. */
export type Switch = {
  readonly ask: (request: string) => Promise<bigint[]>
  readonly keyOf: (heading: Heading) => number
  /** The patchbay's device by the key of a direction. */
  readonly deviceOf: (key: number) => string
  readonly history: Pick<History, 'at'>
  /** Has what undoes a strike wait in the patchbay, bash text, before it strikes. */
  readonly arm?: (undo: string) => Promise<void> | undefined
}

const say = (places: readonly Place[]) => places.map(({ key, slot }) => `${key} ${slot}`).join(' ')
const last = ({ places }: Running): Place[] => places.slice(-1)

export function newRules({ ask, keyOf, deviceOf, history, arm }: Switch): Rules {
  const inForce: Force[] = []
  const holds = newHolds(ask, (ns) => history.at(ns))

  const bracket = ([from = 0n, to = 0n]: readonly bigint[]): Bracket => ({
    fromNs: history.at(from),
    toNs: history.at(to),
  })
  /** Written down all at once, or none of it. */
  const write = async (courses: readonly Course[]): Promise<Place[]> => {
    if (courses.length === 0) return []
    const keys = courses.map(({ heading }) => keyOf(heading))
    const slots = await ask(`rule ${courses.map(({ rule }, i) => `${keys[i]} ${words(rule)}`).join(' ')}`)
    const places = keys.map((key, i) => ({ key, slot: Number(slots[i]) }))
    await holds
      .begin(courses.map(({ rule: { hold } }, i) => ({ place: places[i], hold })))
      .catch(async (error: unknown) => {
        await free(places)
        throw error
      })
    return places
  }
  const free = async (places: readonly Place[]) => {
    if (places.length > 0) await ask(`free ${say(places)}`)
    holds.forget(places)
  }
  const tallyAt = async (place: Place): Promise<Tally> => {
    const tally = tallyOf(await ask(`tally ${say([place])}`), (ns) => history.at(ns))
    const held = await holds.heldAt(place)
    return held ? { ...tally, held } : tally
  }
  const tally = (courses: readonly Running[]) =>
    Promise.all(courses.map(async ({ places }) => (await Promise.all(places.map(tallyAt))).reduce(both, NOTHING)))

  const written = async (): Promise<Place[]> => {
    const numbers = (await ask('rules')).map(Number)
    return numbers.flatMap((key, i) => (i % 2 === 0 ? { key, slot: numbers[i + 1] ?? 0 } : []))
  }
  const same = (a: Place) => (b: Place) => a.key === b.key && a.slot === b.slot
  return {
    impose: async (name, asked) => {
      const fresh = await write(asked)
      const courses = asked.map((course, i) => ({ ...course, places: fresh.slice(i, i + 1) }))
      const force: Force = { name, courses }
      const places = say(courses.flatMap(last))
      const strike = async () => {
        await arm?.(`printf '%s\\n' 'off ${places}' 'free ${places}' | wirectl`)
        return ask(`on ${places}`)
      }
      const struck = await strike().catch(async (error: unknown) => {
        await free(courses.flatMap(last))
        throw error
      })
      inForce.push(force)
      let sum: readonly Tally[] | undefined
      return {
        name,
        bracket: bracket(struck),
        tally: async () => sum ?? tally(courses),
        lift: async () => {
          const places = courses.flatMap((course) => course.places)
          const letGo = bracket(await ask(`off ${say(places)}`))
          inForce.splice(inForce.indexOf(force), 1)
          const kept = await holds.end(places)
          sum = await tally(courses)
          await free(places)
          if (kept > 0) throw new LabError(`${name}: ${kept} packets that were held back did not go on`)
          return letGo
        },
        stands: async () => {
          const others = inForce.filter((each) => each !== force).flatMap((each) => each.courses)
          const theirs = others.flatMap((course) => course.places)
          const left = (await written()).filter((place) => !theirs.some(same(place)))
          return courses.flatMap((course) => course.places).some((place) => left.some(same(place)))
        },
      }
    },
    change: async (name, to) => {
      const [force, again] = inForce.filter((each) => each.name === name)
      if (!force) throw new LabError(`${name} is not in force, so it cannot be changed`)
      if (again) throw new LabError(`${name} is in force more than once; which of them to change?`)
      const alter = force.courses.map((course) => {
        const rule = { ...(course.rule.match && { match: course.rule.match }), ...to }
        return { course, rule, request: `${say(last(course))} ${words(rule)}` }
      })
      const places = alter.flatMap(({ course }) => last(course).map((place) => ({ place, hold: to.hold })))
      const struck = bracket(await ask(`alter ${alter.map(({ request }) => request).join(' ')}`))
      const changed = await holds.change(places)
      for (const { course, rule } of alter) course.rule = rule
      return changed ? { ...struck, toNs: bracket(changed).toNs } : struck
    },
    renew: async () => {
      const moved = inForce
        .flatMap(({ courses }) => courses)
        .filter(({ heading, places }) => places.every(({ key }) => key !== keyOf(heading)))
      const fresh = await write(moved)
      for (const [i, { places }] of moved.entries()) places.push(...fresh.slice(i, i + 1))
      if (fresh.length > 0) await ask(`on ${say(fresh)}`)
    },
    written: async () => {
      const byDevice = Map.groupBy(await written(), ({ key }) => deviceOf(key))
      return [...byDevice].map(([device, all]) => `${all.length} at ${device}`).sort()
    },
  }
}
