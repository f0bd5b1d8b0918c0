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
      'what is left of a lab whose run was killed at a random moment   [--times 20] [--seed N] [--victim main,npm,worker] [--span 25s]; or while a fault is in force, each time another   --during-faults [--topology NAME]',
    load: () => import('./kill-storm/bench.ts'),
  },
  'outage-accuracy': {
    about:
      'how far off measured outages are, and whether the bound says so   [--outages 200] [--seed N] [--load idle|busy|both]',
    load: () => import('./outage-accuracy/bench.ts'),
  },
  'impair-accuracy': {
    about: 'what links do to packets, asked against measured, for each impairment',
    load: () => import('./impair-accuracy/bench.ts'),
  },
  'generator-cost': {
    about: 'CPU of each probe, and how many are sent and seen without a loss of our own making',
    load: () => import('./generator-cost/bench.ts'),
  },
  inject: {
    about: 'how soon a fault on a link is in force, and how exactly the instant is recorded   [--times 100]',
    load: () => import('./inject/bench.ts'),
  },
  scrape: {
    about: 'what a scrape of Open vSwitch and OVN costs against the number of ports of a chassis',
    load: () => import('./scrape/bench.ts'),
  },
  'random-faults': {
    about: 'many random faults on one lab, one after the other, seed from SEED   [--faults 300] [--topology two-vpcs]',
    load: () => import('./random-faults/bench.ts'),
  },
  'session-drop': {
    about:
      'what a lost BGP session costs users, by the way it is lost, beside what timers predict   [--times 5] [--only TEXT]',
    load: () => import('./session-drop/bench.ts'),
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
  for (const [known, { about }] of Object.entries(benches)) console.log(`  ${known.padEnd(15)} ${about}`)
} else {
  console.error(`no bench '${name}'; there are ${Object.keys(benches).join(', ')}`)
  process.exit(2)
}
