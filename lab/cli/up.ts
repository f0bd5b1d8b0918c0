import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { topologies, topologyNamed, twoVpcs, withMonitor } from '../../fixtures/index.ts'
import { labContainers } from '../engine/labs.ts'
import { reason } from '../errors.ts'
import type { Event } from '../events.ts'
import { keepUp } from '../keep-up.ts'
import { startGrafana } from '../monitor/grafana.ts'
import { preflight } from '../setup/preflight.ts'
import { human } from '../time.ts'
import { UsageError } from './args.ts'
import type { Command } from './command.ts'
import { reachEngine } from './engine.ts'
import { tour } from './tour.ts'

/** '  +1.2s  22 links wired (203ms)'; nothing for evidence. */
export function progressLine(event: Event): string | undefined {
  const at = `+${(event.atNs / 1e9).toFixed(1)}s`.padStart(8)
  if (event.kind === 'act')
    return `${at}  ${event.text}${event.tookNs === undefined ? '' : ` (${human(event.tookNs)})`}`
  if (event.kind !== 'waited') return undefined
  const saw = event.saw && ` (${event.saw})`
  return `${at}  ${event.held ? `${event.condition} after ${human(event.tookNs)}` : `waited ${human(event.tookNs)} for ${event.condition}`}${saw}`
}

/** Prints what the lab does while it does it. */
function follow() {
  const hear = (told: unknown) => {
    const line = progressLine((told as { event: Event }).event)
    if (line) console.log(line)
  }
  subscribe('ovn-gameday:event', hear)
  return { [Symbol.dispose]: () => void unsubscribe('ovn-gameday:event', hear) }
}

/** Where Grafana is, or in one line why it is nowhere: the lab is up all the same. */
async function grafana(lab: string, monitor: string | undefined): Promise<string> {
  const engine = await reachEngine()
  const container = (await labContainers(engine)).find((each) => each.lab === lab && each.node === monitor)
  try {
    const { url, user, password } = await startGrafana(engine, { lab, monitor: container?.id ?? '' })
    return `Grafana    ${url}   user ${user}, password ${password}`
  } catch (error) {
    return reason(error)
  }
}

/** Goes into container names, where 128 characters is the engine's limit for a whole one. */
const NAME = /^[a-z0-9][a-z0-9-]{0,40}$/

export const up: Command = {
  usage: 'lab:up [topology] [-- --name NAME] [--grafana]',
  about: 'brings up a lab that stays, or what it lacks',
  help: `Brings up a lab of this topology (${Object.keys(topologies).join(', ')}; ${twoVpcs.name} by default) under this name (the
topology's by default). It stays until lab:down. Where it is up already, only nodes that are missing or dead are
made anew; in both cases it is proved ready. With --grafana it has a monitor, and Grafana stands beside it on a port
of loopback, where its image can be had. Ctrl-C removes what this began, and nothing else.`,
  words: ['[topology]'],
  options: { name: { type: 'string' }, grafana: { type: 'boolean' } },
  rest: false,
  run: async ({ words: [wanted = twoVpcs.name], options }, signal) => {
    const named = topologyNamed(wanted)
    const topology = options.grafana && !named.monitor ? withMonitor(named) : named
    const name = String(options.name ?? topology.name)
    if (!NAME.test(name)) throw new UsageError(`no name for a lab: '${name}'; take a-z, 0-9 and -, at most 41`)
    await preflight()
    using _ = follow()
    const { found, made } = await keepUp(topology, name, signal)
    const news =
      made.length === 0
        ? 'was up already and is ready; nothing was changed'
        : found.length === 0
          ? 'is up'
          : `is ready again; made anew: ${made.join(', ')}`
    console.log(`\nlab ${name} ${news}\n\n${tour(topology, name)}`)
    if (options.grafana) console.log(`\n${await grafana(name, topology.monitor?.name)}`)
    return 0
  },
}
