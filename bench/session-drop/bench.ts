// What a lost BGP session costs users, by the way it is lost: the scenario many times over, its outages beside what
// the timers predict.

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { LabError } from '../../lab/errors.ts'
import { OUT } from '../../lab/site.ts'
import { human } from '../../lab/time.ts'
import { type Bench, conclude, count } from '../bench.ts'
import { noise } from '../machine.ts'
import { table } from '../table.ts'
import { byWay, type Drop, dropsIn } from './drops.ts'

const SCENARIO = 'bgp-session-drop'

/** The histories that runs of the scenario have written since then, ms. */
const histories = (sinceMs: number): readonly string[] =>
  readdirSync(OUT)
    .filter((name) => name.startsWith(SCENARIO))
    .flatMap((name) => readdirSync(join(OUT, name)).map((run) => join(OUT, name, run, 'history.jsonl')))
    .filter(
      (file) => !file.includes('/latest/') && (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= sinceMs,
    )

/** One run of the scenario, all of its ways, or those whose name has this in it. Throws LabError where npm cannot be run. */
function run(only: string | undefined): readonly Drop[] {
  const sinceMs = Date.now()
  const args = ['test', '--', `scenarios/${SCENARIO}`, ...(only === undefined ? [] : ['-t', only])]
  const { error } = spawnSync('npm', args, { cwd: join(import.meta.dirname, '..', '..'), stdio: 'ignore' })
  if (error) throw new LabError(`could not run npm: ${error.message}`, { cause: error })
  return histories(sinceMs).flatMap((file) => dropsIn(readFileSync(file, 'utf8')))
}

export const bench: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { times: { type: 'string', default: '5' }, only: { type: 'string' } },
  })
  const times = count('--times', values.times)
  const { load } = await noise()
  console.log(`${times} runs of ${SCENARIO}, load ${load.toFixed(1)} before\n`)
  const drops = Array.from({ length: times }, () => run(values.only)).flat()
  const ways = byWay(drops)
  const columns = [
    { title: 'outage' },
    { title: 'runs', right: true },
    { title: 'median', right: true },
    { title: 'worst', right: true },
    { title: 'at most, by the timers', right: true },
  ]
  const rows = ways.map(({ way, limitNs, outage }) => [
    way,
    String(outage.count),
    human(outage.median),
    human(outage.most),
    human(limitNs),
  ])
  console.log(table(columns, rows))
  const over = ways.filter(({ limitNs, outage }) => outage.most > limitNs)
  const few = ways.filter(({ outage }) => outage.count < times)
  const said = `${ways.length} ways, ${over.length} with an outage above, ${few.length} not decided every time`
  return conclude(
    ways.length > 0 && over.length + few.length === 0,
    'every outage within what the timers predict',
    said,
  )
}
