import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { UsageError } from '../../lab/cli/args.ts'
import type { Command } from '../../lab/cli/command.ts'
import { reachEngine } from '../../lab/cli/engine.ts'
import { pickLab } from '../../lab/cli/pick.ts'
import { progressLine } from '../../lab/cli/up.ts'
import { labs } from '../../lab/engine/labs.ts'
import type { Event } from '../../lab/events.ts'
import { inForce } from '../../lab/kill-switch.ts'
import { enterStanding, topologyOf } from '../../lab/standing.ts'
import { type Duration, human, toNs } from '../../lab/time.ts'
import type { Lab } from '../../lab/types.ts'
import { type Condition, waitFor } from '../../lab/until.ts'
import { inject } from '../inject.ts'
import { catalogue, faultByHand } from './catalogue.ts'

/** Long enough to look at what comes of it, and to type something. */
const USUAL = '30s'
/** So that nobody breaks a lab and forgets it. */
const LONGEST_NS = 3600e9

const TOLD = ['applied', 'effective', 'healed', 'gone']

function line(event: Event): string | undefined {
  if (event.kind !== 'fault') return progressLine(event)
  if (!TOLD.includes(event.phase)) return undefined
  const at = `+${(event.atNs / 1e9).toFixed(1)}s`.padStart(8)
  return `${at}  ${event.fault} ${event.phase}${event.proof ? ` (${event.proof})` : ''}`
}

function follow() {
  const hear = (told: unknown) => {
    const text = line((told as { event: Event }).event)
    if (text) console.log(text)
  }
  subscribe('ovn-gameday:event', hear)
  return { [Symbol.dispose]: () => void unsubscribe('ovn-gameday:event', hear) }
}

function lengthOf(asked: unknown): Duration {
  const length = (asked ?? USUAL) as Duration
  const ns = toNs(length)
  if (ns > 0 && ns <= LONGEST_NS) return length
  throw new UsageError(`no length of a fault: '${length}'; take at most ${human(LONGEST_NS)}`)
}

/** What heals inside the lab starts when the time is up, and takes a moment: a daemon that is started anew, more. */
const GRACE_NS = 5e9

/** Holds when there is nothing to wait for any more: the lab heals itself, and if it does not, we do. */
const over = (untilNs: number): Condition<Lab> => ({
  name: 'its time to be up',
  look: async ({ armory, history }) => {
    if (inForce(history).length === 0) return { holds: true, saw: 'it has ended' }
    if (await armory?.done()) return { holds: true, saw: 'it was healed in the lab' }
    return { holds: history.now() >= untilNs + GRACE_NS, saw: `${human(Math.max(0, untilNs - history.now()))} left` }
  },
})

const list = () =>
  Object.entries(catalogue).map(([name, { wants, about }]) => `    ${`${name} ${wants.join(' ')}`.padEnd(46)} ${about}`)

export const breakLab: Command = {
  usage: 'lab:break <fault> <target …> [-- --for 30s] [--lab NAME]',
  about: 'breaks something in a lab that stays, for a while',
  help: `Injects a fault into the lab that stays, or the one that --lab names, proves that it bites, and heals it after 30 s,
or what --for says, or at Ctrl-C. What heals it waits inside the lab before it strikes: if this process dies, or its
machine's terminal does, the fault ends all the same when its time is up. npm run heal ends it at once.

${list().join('\n')}

    npm run lab:break -- isolate nat-gw-a-1 --for 1min`,
  words: ['<fault>', '[target]', '[target]', '[percent]'],
  options: { for: { type: 'string' }, lab: { type: 'string' } },
  rest: false,
  run: async ({ words: [name = '', ...targets], options }, stopped) => {
    const longest = lengthOf(options.for)
    const engine = await reachEngine()
    const there = pickLab(await labs(engine), options.lab)
    const topology = await topologyOf(engine, there)
    const fault = faultByHand(topology, name, targets)
    using _ = follow()
    const breaking = { name: fault.name, longestNs: toNs(longest) }
    const { lab, leave } = await enterStanding(topology, there.name, { breaking })
    const injected = await inject(lab, fault).catch(async (error: unknown) => {
      await leave()
      throw error
    })
    console.log(`\n${fault.name} in ${there.name} for at most ${longest}; Ctrl-C heals it now\n`)
    const untilNs = lab.history.now() + toNs(longest)
    const patient = { ...lab, signal: stopped }
    const within: Duration = `${(toNs(longest) + 2 * GRACE_NS) / 1e9}s`
    await waitFor(patient, over(untilNs), { within, every: '200ms' }).catch((error: unknown) => {
      if (!stopped.aborted) throw error
    })
    await injected.heal()
    const left = await leave()
    console.log(left.length > 0 ? `\nleft behind: ${left.join('; ')}` : '\nhealed, and everything is as it was before')
    return left.length > 0 ? 1 : 0
  },
}
