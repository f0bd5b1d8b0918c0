import { removeContainer } from '../engine/container.ts'
import { type LabOnEngine, labs } from '../engine/labs.ts'
import { LabError } from '../errors.ts'
import { removeBeside } from '../monitor/grafana.ts'
import type { Args } from './args.ts'
import type { Command } from './command.ts'
import { reachEngine } from './engine.ts'
import { pickLab } from './pick.ts'

/** The labs to take down; never one of a run that lives. */
export function doomed(
  all: readonly LabOnEngine[],
  { words: [name], options }: Pick<Args, 'words' | 'options'>,
): readonly LabOnEngine[] {
  const own = all.filter(({ standing }) => standing !== 'run')
  if (options.all && name) throw new LabError(`either ${name} or --all`)
  if (options.all) return own
  const lab = pickLab(name ? all : own, name, 'npm run lab:down ')
  if (lab.standing === 'run')
    throw new LabError(
      `lab ${lab.name} belongs to process ${lab.maker}, which lives; stop that, and the lab goes with it`,
    )
  return [lab]
}

export const down: Command = {
  usage: 'lab:down [name] [-- --all]',
  about: 'takes down labs that stay',
  help: `Removes the lab of this name, or the only one that stays, or with --all every one that stays. Labs of
runs that live are never touched: they go with their runs.`,
  words: ['[name]'],
  options: { all: { type: 'boolean' } },
  rest: false,
  run: async (args) => {
    const engine = await reachEngine()
    const gone = doomed(await labs(engine), args)
    if (gone.length === 0) console.log('no lab stays')
    for (const { name, containers } of gone) {
      await Promise.all(containers.map(({ id }) => removeContainer(engine, id)))
      const beside = await removeBeside(engine, name)
      console.log(`removed ${name}: ${containers.length + beside} containers`)
    }
    return 0
  },
}
