import { randomBytes } from 'node:crypto'
import { HEAL_ALL } from '../armory.ts'
import { ask } from '../engine/ask.ts'
import type { Engine } from '../engine/client.ts'
import { type LabOnEngine, labs } from '../engine/labs.ts'
import { reason } from '../errors.ts'
import { call } from '../kill-switch.ts'
import { PATCHBAY } from '../patchbay/node.ts'
import type { Command } from './command.ts'
import { reachEngine } from './engine.ts'
import { pickLab } from './pick.ts'

/** What came of it, in one line, and whether all is healed. */
type Healed = { readonly text: string; readonly all: boolean }

const list = (names: readonly string[]) => (names.length > 0 ? `healed ${names.join(', ')}` : 'no fault was in force')

/** A lab of a run that lives: the run heals, and ends. */
async function tell(engine: Engine, { name, containers, maker }: LabOnEngine): Promise<Healed> {
  const gone = async () => !(await labs(engine)).some((lab) => lab.name === name)
  const patchbay = containers.find(({ node, running }) => node === PATCHBAY && running)
  if (!patchbay) return { text: 'it has no patchbay yet, so that nothing can be broken there', all: true }
  try {
    const { State } = await engine.getContainer(patchbay.id).inspect()
    const { out, exit } = await ask(engine, patchbay.id, call(State.Pid, randomBytes(8).toString('hex')))
    if (exit === 0)
      return { text: `${list(out.split('\n').filter(Boolean))}; the run of process ${maker} ends`, all: true }
  } catch (error) {
    if (!(await gone())) return { text: reason(error), all: false }
  }
  if (await gone()) return { text: 'its run has ended, and everything with it', all: true }
  return { text: `process ${maker} did not answer within 10s; end it, and the lab goes with it`, all: false }
}

/** A lab that stays: what waits in it is done now. */
async function doAll(engine: Engine, { containers }: LabOnEngine): Promise<Healed> {
  const running = containers.filter((container) => container.running)
  const told = await Promise.all(running.map(({ id }) => ask(engine, id, ['bash', '-c', HEAL_ALL])))
  const done = told.flatMap(({ out }) => out.split('\n').filter(Boolean)).map((line) => /^(\d+) (.*)$/.exec(line))
  const names = (those: (exit: string | undefined) => boolean) => [
    ...new Set(done.flatMap((found) => (found && those(found[1]) ? [found[2] ?? ''] : []))),
  ]
  const failed = names((exit) => exit !== '0')
  const healed = names((exit) => exit === '0').filter((name) => !failed.includes(name))
  if (failed.length === 0) return { text: list(healed), all: true }
  return { text: `could not heal ${failed.join(', ')}; npm run lab:up mends it`, all: false }
}

export const heal: Command = {
  usage: 'heal [-- --lab NAME]',
  about: 'ends every fault of every lab at once',
  help: `The kill switch: ends every fault of every lab on this engine, or of the one that --lab names, and waits until
it is so. Runs that live are told; they heal, and end as aborted. In labs that stay, the heals that wait there are
done now. Exit code 1 when some fault may still be in force.`,
  words: [],
  options: { lab: { type: 'string' } },
  rest: false,
  run: async ({ options }) => {
    const engine = await reachEngine()
    const all = await labs(engine)
    const living = options.lab ? [pickLab(all, options.lab)] : all.filter(({ standing }) => standing !== 'orphan')
    if (living.length === 0) console.log('no lab is up')
    const came = await Promise.all(
      living.map(async (lab) => {
        const healed = await (lab.standing === 'stays' ? doAll : tell)(engine, lab)
        console.log(`${lab.name}: ${healed.text}`)
        return healed.all
      }),
    )
    return came.every(Boolean) ? 0 : 1
  },
}
