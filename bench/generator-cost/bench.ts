// What a probe costs, to whom, and how many there may be before the instrument itself loses some. A loss
// without a fault is of our own making: the generators', the taps' or the userspace switches'.

import { parseArgs } from 'node:util'
import { human } from '../../lab/time.ts'
import { type Bench, conclude } from '../bench.ts'
import { noise } from '../machine.ts'
import { withReferenceLab } from '../reference-lab.ts'
import { percent, table } from '../table.ts'
import { PARTS } from './cpu.ts'
import { highest } from './search.ts'
import { held, idleCpu, type Load, TRIAL_S, type Trial, trial } from './trial.ts'

/** What every claim on a stream of RFC 6414's 16 flows rests on. */
const REQUIRED: Load = { flows: 16, ratePps: 250 }
/** The prober takes no more of one flow. */
const MOST_PPS = 5000

const perThousand = (ms: number, sent: number): string => `${(ms / (sent / 1000)).toFixed(1)}ms`

function tell(trials: readonly Trial[]): void {
  const rows = trials.map((one) => [
    `${one.load.flows} × ${one.load.ratePps}`,
    held(one) ? 'held' : 'not held',
    percent(one.achieved),
    `${one.lost} of ${one.sent}`,
    human(one.delay.p50Ns),
    human(one.delay.p99Ns),
    human(one.gap.p99Ns),
    human(one.gap.mostNs),
    ...PARTS.map((part) => perThousand(one.cpu[part], one.sent)),
    percent(PARTS.reduce((sum, part) => sum + one.cpu[part], 0) / (TRIAL_S * 1e3)),
    percent(one.busy),
  ])
  const titles = ['', 'sent', 'lost', 'delay p50', 'p99', 'gap p99', 'max', ...PARTS, 'of one core', 'machine busy']
  console.log('\nflows × pps, each way; CPU is that of 1000 probes, above what the lab uses without any\n')
  console.log(table([{ title: 'load' }, ...titles.map((title) => ({ title, right: true }))], rows))
}

export const bench: Bench = async (args) => {
  parseArgs({ args: [...args], options: {} })
  const { load, busy, steal } = await noise()
  console.log(
    `load ${load.toFixed(1)}, ${percent(busy)} busy with other things, ${percent(steal)} stolen; each trial ${TRIAL_S}s`,
  )
  const trials: Trial[] = []
  const best = new Map<number, number>()
  await withReferenceLab(async (lab) => {
    const idle = await idleCpu(lab)
    const holds = (flows: number) => async (ratePps: number) => {
      const one = await trial(lab, { flows, ratePps }, idle)
      trials.push(one)
      console.log(`${flows} × ${ratePps} pps: ${one.lost} of ${one.sent} lost, ${percent(one.achieved)} sent`)
      return held(one)
    }
    for (const flows of [16, 1]) {
      const from = flows === 16 ? REQUIRED.ratePps : 1000
      best.set(flows, await highest(from, MOST_PPS, holds(flows)))
    }
  })
  tell(trials)
  const reached = best.get(REQUIRED.flows) ?? 0
  const single = best.get(1) ?? 0
  return conclude(
    reached >= REQUIRED.ratePps,
    `${REQUIRED.flows} flows of ${REQUIRED.ratePps} pps each way held without a loss`,
    `${REQUIRED.flows} × ${reached} pps each way and a single flow of ${single} pps were`,
  )
}
