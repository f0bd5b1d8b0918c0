// `npm run bench -- NAME`: what a lab costs, and what it does to the machine it runs on.

import { ScenarioError } from '../lab/errors.ts'
import type { Bench } from './bench.ts'

const benches: Readonly<
  Record<string, { readonly about: string; readonly load: () => Promise<{ readonly bench: Bench }> }>
> = {
  'bring-up': {
    about: 'time to a proved lab, stage by stage, against a naive and a bare start   [--runs 5]',
    load: () => import('./bring-up/bench.ts'),
  },
  'kill-storm': {
    about:
      'what is left of a lab whose run was killed at a random moment   [--times 20] [--seed N] [--victim main,npm,worker] [--span 25s]',
    load: () => import('./kill-storm/bench.ts'),
  },
  'host-diff': {
    about: 'what a command changed on the host, by default a whole scenario   [-- command…]',
    load: () => import('./host-diff/bench.ts'),
  },
}

/** Somebody asked for what cannot be: an unknown option, a number that is none. */
const misused = (thrown: unknown): boolean =>
  thrown instanceof ScenarioError || String((thrown as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS')

const [name, ...args] = process.argv.slice(2)
const chosen = name !== undefined && Object.hasOwn(benches, name) ? benches[name] : undefined
if (chosen) {
  try {
    const { bench } = await chosen.load()
    process.exit((await bench(args)) ? 0 : 1)
  } catch (thrown) {
    console.error(thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown))
    process.exit(misused(thrown) ? 2 : 1)
  }
}
if (name === undefined) {
  console.log('npm run bench -- NAME, where NAME is one of\n')
  for (const [known, { about }] of Object.entries(benches)) console.log(`  ${known.padEnd(11)} ${about}`)
} else {
  console.error(`no bench '${name}'; there are ${Object.keys(benches).join(', ')}`)
  process.exit(2)
}
