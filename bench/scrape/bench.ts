// What a scrape of a chassis costs, against the number of its ports. The lab's own Prometheus scrapes once a
// second, and says how long each scrape took; the exporter says how much processor time it has used.

import { parseArgs } from 'node:util'
import { oneVpc, withMonitor } from '../../fixtures/index.ts'
import { instant } from '../../lab/monitor/api.ts'
import type { Lab } from '../../lab/types.ts'
import { reached } from '../../lab/until.ts'
import { type Bench, conclude } from '../bench.ts'
import { noise } from '../machine.ts'
import { withReferenceLab } from '../reference-lab.ts'
import { percent, table } from '../table.ts'
import { addPorts } from './ports.ts'

/** As many as the busier chassis of the reference lab has, and what a host with virtual machines or containers may have. */
const PORTS = [10, 100, 500]
/** Scrapes of each number of ports. Before them as many seconds pass, so that what was set up is over. */
const SCRAPES = 10
const MOST_MS = 100
const MOST_SHARE = 0.02

type Figure = {
  readonly ports: number
  readonly series: number
  readonly meanMs: number
  readonly mostMs: number
  readonly share: number
  readonly memoryMb: number
}

async function figure(lab: Lab, chassis: string, ports: number): Promise<Figure> {
  await reached(lab, lab.history.now() + 2 * SCRAPES * 1e9)
  const value = async (query: string) => (await instant(lab, query))[0]?.points[0]?.[1] ?? Number.NaN
  const scrapes = `{job="ovs",instance="${chassis}"}`
  const own = `{component="ovn-gameday-exporter",instance="${chassis}"}`
  return {
    ports,
    series: await value(`scrape_samples_scraped${scrapes}`),
    meanMs: 1e3 * (await value(`avg_over_time(scrape_duration_seconds${scrapes}[${SCRAPES}s])`)),
    mostMs: 1e3 * (await value(`max_over_time(scrape_duration_seconds${scrapes}[${SCRAPES}s])`)),
    share: await value(`rate(ovs_process_cpu_seconds_total${own}[${SCRAPES}s])`),
    memoryMb: (await value(`ovs_process_resident_memory_bytes${own}`)) / 2 ** 20,
  }
}

export const bench: Bench = async (args) => {
  parseArgs({ args: [...args], options: {} })
  const { load, busy } = await noise()
  console.log(`load ${load.toFixed(1)}, ${percent(busy)} busy with other things; ${SCRAPES} scrapes each, one a second`)
  const figures: Figure[] = []
  await withReferenceLab(async (lab) => {
    const chassis = lab.topology.chassis[0]?.name ?? ''
    const [subnet] = oneVpc.vpcs.a.subnets
    // Those that it has already are left out of the count: half a dozen.
    let there = 0
    for (const ports of PORTS) {
      await addPorts(lab, chassis, subnet?.name ?? '', there, ports)
      there = ports
      figures.push(await figure(lab, chassis, ports))
    }
  }, withMonitor(oneVpc))
  const titles = ['series', 'scrape', 'longest', 'of one core', 'memory']
  console.log(
    table(
      [{ title: 'ports', right: true }, ...titles.map((title) => ({ title, right: true }))],
      figures.map((each) => [
        String(each.ports),
        String(each.series),
        `${each.meanMs.toFixed(0)}ms`,
        `${each.mostMs.toFixed(0)}ms`,
        `${(each.share * 100).toFixed(1)} %`,
        `${each.memoryMb.toFixed(0)} MB`,
      ]),
    ),
  )
  const [least] = figures
  if (!least) return conclude(false, 'a scrape', 'none was seen')
  return conclude(
    least.meanMs <= MOST_MS && least.share <= MOST_SHARE,
    `a scrape of ${least.ports} ports at most ${MOST_MS}ms and ${MOST_SHARE * 100} % of one core at one a second`,
    `${least.meanMs.toFixed(0)}ms and ${(least.share * 100).toFixed(1)} %`,
  )
}
