import { type LabOnEngine, labs } from '../engine/labs.ts'
import { PATCHBAY } from '../patchbay/node.ts'
import type { Command } from './command.ts'
import { reachEngine } from './engine.ts'
import { table } from './table.ts'

/** '42s', '3min', '2h 5min', '3d 2h': as exact as anybody wants to know. */
export function age(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  if (minutes < 1) return `${Math.max(0, Math.floor(seconds))}s`
  if (hours < 1) return `${minutes}min`
  return hours < 24 ? `${hours}h ${minutes % 60}min` : `${Math.floor(hours / 24)}d ${hours % 24}h`
}

const OWNER = {
  run: (maker?: number) => `process ${maker}, alive`,
  stays: () => 'stays',
  orphan: () => 'gone; the next lab removes it',
} as const

function row({ name, topology, size, containers, standing, maker, createdS }: LabOnEngine, nowS: number): string[] {
  const running = containers.filter((each) => each.running)
  const nodes = running.filter(({ node }) => node !== PATCHBAY).length
  const patchbay = nodes < running.length ? '' : ', no patchbay'
  return [name, topology, `${nodes}/${size - 1}${patchbay}`, OWNER[standing](maker), age(nowS - createdS)]
}

/** What is on an engine, as text. */
export const listing = (all: readonly LabOnEngine[], nowS: number): string =>
  all.length === 0
    ? 'no lab is up'
    : table([['lab', 'topology', 'nodes', 'owner', 'up for'], ...all.map((lab) => row(lab, nowS))])

export const status: Command = {
  usage: 'lab:status',
  about: 'lists the labs on the engine',
  help: `Lists every lab on the engine: its nodes that run, of how many; who owns it (a process that lives, nobody
because it stays, or nobody any more); how long it has been up.`,
  words: [],
  options: {},
  rest: false,
  run: async () => {
    console.log(listing(await labs(await reachEngine()), Date.now() / 1000))
    return 0
  },
}
