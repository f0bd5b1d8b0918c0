// How much of what a link is asked to do to packets it does: each impairment, asked against measured by the
// taps at both ends of a path, by the receiver's own counters, or by what gets through.

import { parseArgs } from 'node:util'
import { type Bench, conclude } from '../bench.ts'
import { noise } from '../machine.ts'
import { withReferenceLab } from '../reference-lab.ts'
import { percent, table } from '../table.ts'
import { probed, type Row, TOPOLOGY } from './probed.ts'
import { rated } from './rated.ts'
import { within } from './tolerance.ts'

const digits = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(1) : value.toFixed(2))

function tell(rows: readonly Row[]): void {
  const cells = rows.flatMap(({ asked, figures }) =>
    figures.map((figure, i) => [
      i === 0 ? asked : '',
      figure.of,
      digits(figure.asked),
      digits(figure.measured),
      `± ${digits(figure.tolerance)}`,
      figure.unit,
      within(figure) ? '' : 'OUTSIDE',
    ]),
  )
  const right = (title: string) => ({ title, right: true })
  console.log(
    '\nin force alone on one direction of a workload’s link; tolerances: see tolerance.ts, and each row’s own\n',
  )
  console.log(
    table(
      [
        { title: 'asked' },
        { title: 'of' },
        right('asked'),
        right('measured'),
        right('tolerance'),
        { title: 'unit' },
        { title: '' },
      ],
      cells,
    ),
  )
}

export const bench: Bench = async (args) => {
  parseArgs({ args: [...args], options: {} })
  const { load, busy, steal } = await noise()
  console.log(`load ${load.toFixed(1)}, ${percent(busy)} busy with other things, ${percent(steal)} stolen`)
  const rows = await withReferenceLab(async (lab) => [...(await probed(lab)), ...(await rated(lab))], TOPOLOGY)
  tell(rows)
  const figures = rows.flatMap((row) => row.figures)
  const outside = figures.filter((figure) => !within(figure)).length
  return conclude(
    outside === 0,
    'each impairment within its tolerance of what was asked',
    `${outside} of ${figures.length} figures outside`,
  )
}
