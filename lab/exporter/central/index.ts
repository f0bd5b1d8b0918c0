// The exporter beside NB, SB and northd.

import { type Daemon, named } from '../control.ts'
import { answerSamples, effortSamples, processSamples, watched } from '../daemon-samples.ts'
import type { Options } from '../options.ts'
import { ownerOf } from '../owner.ts'
import { replica } from '../replica.ts'
import type { Samples } from '../samples.ts'
import { type Reading, source } from '../source.ts'
import type { Subject } from '../subject.ts'
import { newClaims } from './claims.ts'
import { clusterSamples } from './cluster.ts'
import { northboundSamples } from './northbound.ts'
import { NB_ROWS, SB_ROWS } from './rows.ts'
import { backendSamples, southboundSamples } from './southbound.ts'

/** A server of NB or SB has a name for its files and its socket (ovn-ctl(8)): 'ovnnb_db'. */
const server = (rundir: string, database: 'nb' | 'sb'): Daemon => ({
  component: `ovsdb-server-${database}`,
  pidFile: `${rundir}/ovn${database}_db.pid`,
  socket: () => `${rundir}/ovn${database}_db.ctl`,
})

const NORTHD_QUESTIONS = [
  'status',
  'version',
  'nb-connection-status',
  'sb-connection-status',
  'stopwatch/show',
  'inc-engine/show-stats',
] as const

export function centralSubject(options: Options): Subject {
  const { ovnRundir, deadlineMs, tls } = options
  const claims = newClaims()
  const remotes = (given: string | undefined, database: 'nb' | 'sb') =>
    (given ?? `unix:${ovnRundir}/ovn${database}_db.sock`).split(',')
  const nb = replica(() => remotes(options.nb, 'nb'), NB_ROWS, { tls })
  const sb = replica(() => remotes(options.sb, 'sb'), SB_ROWS, { tls, onChange: claims.hear })
  const followed = (name: string, rows: typeof nb) =>
    source(name, deadlineMs, async (signal) => {
      await rows.touch(signal)
      return rows
    })
  const [asked, became] = [followed('OVN_Northbound', nb), followed('OVN_Southbound', sb)]
  const databases = (['nb', 'sb'] as const).map((database) => {
    const schema = database === 'nb' ? NB_ROWS.database : SB_ROWS.database
    const status = `cluster/status ${schema}`
    return { ...watched('ovn', server(ovnRundir, database), deadlineMs, [status]), status }
  })
  const northd = watched('ovn', named(ovnRundir, 'ovn-northd'), deadlineMs, NORTHD_QUESTIONS)
  const owner = ownerOf(options.ownerKeys)

  return {
    prefix: 'ovn',
    systemId: () => options.hostname,
    sources: [asked, became, ...databases.map((each) => each.source), northd.source],
    daemons: [...databases, northd],
    needed: [...databases, northd],
    look: async (samples: Samples) => {
      const [nbRead, sbRead, decided, ...served] = await Promise.all([
        asked.read(),
        became.read(),
        northd.source.read(),
        ...databases.map((each) => each.source.read()),
      ])
      northboundSamples(samples, nb, owner)
      southboundSamples(samples, nb, sb, owner, claims)
      backendSamples(samples, nb, sb, owner)
      for (const [index, each] of databases.entries()) {
        const answers = served[index]?.value
        answerSamples(samples, each, answers)
        if (answers) clusterSamples(samples, each.component, answers.get(each.status))
      }
      answerSamples(samples, northd, decided.value)
      northdSamples(samples, decided.value)
      for (const { prefix, component, process } of [...databases, northd])
        processSamples(samples, prefix, component, process())
      const version = /^ovn-northd (\S+)/.exec(decided.value?.get('version') ?? '')?.[1] ?? ''
      samples.add('ovn_info', 1, {
        hostname: options.hostname,
        ovn_version: version,
        nb_version: nb.version(),
        sb_version: sb.version(),
      })
      return new Map<string, Reading<unknown>>([
        [asked.name, nbRead],
        [became.name, sbRead],
        [northd.component, decided],
        ...databases.flatMap(({ component }, index): [string, Reading<unknown>][] => {
          const reading = served[index]
          return reading ? [[component, reading]] : []
        }),
      ])
    },
  }
}

const STATUS: Readonly<Record<string, number>> = { standby: 0, active: 1, paused: 2 }

function northdSamples(samples: Samples, answers: ReadonlyMap<string, string> | undefined): void {
  if (!answers) return
  const { add } = samples
  add('ovn_northd_status', STATUS[/Status: (\w+)/.exec(answers.get('status') ?? '')?.[1] ?? ''])
  for (const database of ['nb', 'sb'] as const)
    add(
      `ovn_northd_${database}_connection_status`,
      answers.get(`${database}-connection-status`)?.trim() === 'connected' ? 1 : 0,
    )
  effortSamples(samples, 'ovn-northd', answers)
}
