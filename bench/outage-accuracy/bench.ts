// How far off the measured length of an outage is, and whether it says so. Outages of known length on the
// running reference lab, told by our taps and, beside them, by the tools that people use by hand.

import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { ScenarioError } from '../../lab/errors.ts'
import { random } from '../../lab/random.ts'
import { human } from '../../lab/time.ts'
import { type Bench, conclude, count } from '../bench.ts'
import { noise } from '../machine.ts'
import { withReferenceLab } from '../reference-lab.ts'
import { percent, table } from '../table.ts'
import { type Condition, type Found, measure, told } from './rounds.ts'
import { errorsOf, limitNs, type Summary, summaryOf } from './summary.ts'

/** 16 flows each way (RFC 6414), and as many of 1000 pps as pass without a loss (generator-cost): 8. */
const CONDITIONS: readonly Condition[] = [
  { ratePps: 250, flows: 8, busy: false },
  { ratePps: 1000, flows: 4, busy: false },
  { ratePps: 250, flows: 8, busy: true },
  { ratePps: 1000, flows: 4, busy: true },
]
const LOADS = { idle: [false], busy: [true], both: [false, true] } as const

const RATES = [...new Set(CONDITIONS.map(({ ratePps }) => String(ratePps)))]

function conditionsFor(load: string, rate: string | undefined): readonly Condition[] {
  if (!Object.hasOwn(LOADS, load))
    throw new ScenarioError(`--load knows ${Object.keys(LOADS).join(', ')}, not '${load}'`)
  if (rate !== undefined && !RATES.includes(rate))
    throw new ScenarioError(`--rate knows ${RATES.join(', ')}, not '${rate}'`)
  const wanted: readonly boolean[] = LOADS[load as keyof typeof LOADS]
  return CONDITIONS.filter(
    ({ busy, ratePps }) => wanted.includes(busy) && (rate === undefined || String(ratePps) === rate),
  )
}

/** At this rate the error is promised, at the others it is a goal. */
const PROMISED_PPS = 250

const gapNs = ({ ratePps }: Condition): number => 1e9 / ratePps

const summaries = ({ condition, compared }: Found) =>
  (['forward', 'reverse'] as const).map((direction) => ({
    direction,
    summary: summaryOf(compared[direction], gapNs(condition)),
  }))

const exact = ({ outside, missed, invented }: Summary): boolean => outside + missed + invented === 0
const close = ({ p99Ns }: Summary, condition: Condition): boolean => p99Ns <= limitNs(gapNs(condition))

const flowRow = (condition: Condition, direction: string, of: Summary): string[] => [
  told(condition),
  direction,
  String(of.measured),
  human(of.medianNs),
  human(of.p99Ns),
  human(of.mostNs),
  percent(of.wide / of.measured),
  String(of.outside),
  String(of.missed),
  String(of.invented),
  String(of.disturbed),
]

const toolRows = ({ condition, tools }: Found): string[][] =>
  tools.map(({ name, errorsNs, unseen }) => {
    const { medianNs, p99Ns, mostNs } = errorsOf(errorsNs)
    return [told(condition), name, human(medianNs), human(p99Ns), human(mostNs), `${unseen} of ${errorsNs.length}`]
  })

const right = (title: string) => ({ title, right: true })

function tell(found: readonly Found[]): void {
  const flows = found.flatMap((one) =>
    summaries(one).map(({ direction, summary }) => flowRow(one.condition, direction, summary)),
  )
  console.log(`\nerror of each flow: measured minus true; an outage is told with a bound, and must lie within it\n`)
  const columns = ['outages', 'median', 'p99', 'max', 'bound > gap + 1ms', 'outside', 'missed', 'invented', 'disturbed']
  console.log(table([{ title: '' }, { title: 'direction' }, ...columns.map(right)], flows))
  console.log(
    '\ndisturbed: the lab itself lost probes next to the outage, which was longer than the cut; not counted as error',
  )
  console.log('\nthe same outages by hand: what people would read, minus what was true\n')
  const titles = ['median', 'p99', 'max', 'not seen']
  console.log(table([{ title: '' }, { title: 'tool' }, ...titles.map(right)], found.flatMap(toolRows)))
  for (const { condition, heard, load } of found)
    console.log(
      `${told(condition)}: far ends heard ${heard.byFarEnds}, taps saw ${heard.byTaps} pass; load ${load.toFixed(1)}`,
    )
}

export const bench: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      outages: { type: 'string', default: '200' },
      seed: { type: 'string', default: String(randomInt(1, 1_000_000)) },
      load: { type: 'string', default: 'both' },
      rate: { type: 'string' },
    },
  })
  const outages = count('--outages', values.outages)
  const seed = count('--seed', values.seed)
  const conditions = conditionsFor(values.load, values.rate)
  const { load, busy, steal } = await noise()
  console.log(
    `seed ${seed}, ${outages} outages of 20ms to 2s under each of ${conditions.length} conditions; ` +
      `load ${load.toFixed(1)}, ${percent(busy)} busy with other things, ${percent(steal)} stolen`,
  )
  const found = await withReferenceLab(async (lab) => {
    const all: Found[] = []
    for (const condition of conditions) all.push(await measure(lab, condition, outages, random(seed)))
    return all
  })
  tell(found)
  const each = found.flatMap((one) => summaries(one).map(({ summary }) => ({ summary, condition: one.condition })))
  const promised = each.filter(({ condition }) => condition.ratePps === PROMISED_PPS)
  const kept = promised.length > 0 && promised.every((one) => close(one.summary, one.condition))
  const met = kept && each.every(({ summary }) => exact(summary))
  const goal = each.filter(({ condition }) => condition.ratePps !== PROMISED_PPS)
  const sum = (of: (summary: Summary) => number) => each.reduce((total, { summary }) => total + of(summary), 0)
  const worst = promised.length === 0 ? 'not tried' : human(Math.max(...promised.map(({ summary }) => summary.p99Ns)))
  const reached =
    goal.length === 0 ? 'not tried' : goal.every((one) => close(one.summary, one.condition)) ? 'met' : 'missed'
  return conclude(
    met,
    `the truth within the bound always, none missed or invented, p99 at ${PROMISED_PPS} pps at most ${human(limitNs(1e9 / PROMISED_PPS))}`,
    `${sum(({ outside }) => outside)} outside, ${sum(({ missed }) => missed)} missed, ${sum(({ invented }) => invented)} invented ` +
      `of ${sum(({ measured }) => measured)}, p99 ${worst}; the same at 1000 pps as a goal: ${reached}`,
  )
}
