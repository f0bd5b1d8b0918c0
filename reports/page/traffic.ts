// What real traffic came to, by tenant, VPC and tier.

import { human } from '../../lab/time.ts'
import type { RequestTotals, SessionTotals } from '../../lab/traffic/record.ts'
import { rate, type Transfer } from '../../lab/traffic/transfer.ts'
import type { TrafficFlow, TrafficRow } from '../traffic/rows.ts'
import { askedText, failedText } from '../traffic/words.ts'
import { type Html, html } from './html.ts'
import { type Column, group, table } from './table.ts'

/** 'tenant-1 · vpc-a · web → app' */
function whose({ tenant, vpc, tier, toTier }: TrafficFlow['about']): string {
  const tiers = [tier, toTier].filter((each) => each !== undefined).join(' → ')
  return [tenant, vpc, tiers].filter(Boolean).join(' · ') || 'nobody'
}

const number = (text: string | undefined): Html => html`<td class="num">${text ?? '–'}</td>`
const time = (ns: number | undefined): Html => number(ns === undefined ? undefined : human(ns))

/** Shorter ones are not told. */
const pause = (ns: number): Html => number(ns === 0 ? 'below 100ms' : human(ns))

type Cells = (row: TrafficRow, flow: TrafficFlow) => readonly (readonly [what: string, cells: Html])[]

const requestCells: Cells = ({ of: { requests } }, { about }) =>
  requests.map((part: RequestTotals) => {
    const { latencyNs, failed } = part
    const each = `${part.answeredPerSecond.toFixed(part.answeredPerSecond < 10 ? 1 : 0)}/s`
    return [
      requests.length > 1 || about.generator === 'icmp' ? part.name : '',
      html`${number(each)}<td class="${failed > 0 ? 'hit' : 'num'}">${failedText(part)}</td>${[latencyNs?.p50, latencyNs?.p90, latencyNs?.p99, latencyNs?.max].map(time)}`,
    ]
  })

const transferCells: Cells = ({ of: { transfer } }) => {
  if (!transfer) return []
  const { goodputBps, lowestBps, retransmits, datagrams, lost, interarrivalJitterNs }: Transfer = transfer
  const lostText = datagrams === undefined ? undefined : `${lost ?? 0} of ${datagrams}`
  return [
    [
      '',
      html`${number(rate(goodputBps))}${number(rate(lowestBps))}${number(retransmits === undefined ? undefined : String(retransmits))}${number(lostText)}${time(interarrivalJitterNs)}`,
    ],
  ]
}

const sessionCells: Cells = ({ of: { sessions }, newFailedNs }) => {
  if (!sessions) return []
  const { held, fates, again, pauseNs, newTried, newFailed }: SessionTotals = sessions
  const lost = Object.entries(fates).filter(([fate]) => fate !== 'survived')
  const text = lost.map(([fate, count]) => `${count} ${fate}`).join(', ') || '0'
  return [
    [
      '',
      html`${number(String(held))}${number(String(fates.survived ?? 0))}<td class="${lost.length > 0 ? 'hit' : 'num'}">${text}</td>${number(String(again))}${[pauseNs.p50, pauseNs.p90, pauseNs.max].map(pause)}${number(`${newFailed} of ${newTried}`)}${newFailedNs === null ? number('to the end') : time(newFailedNs)}`,
    ],
  ]
}

const numbers = (...names: string[]): Column[] => names.map((name) => ({ number: name }))

type Kind = {
  readonly title: string
  readonly generators: readonly string[]
  readonly columns: readonly Column[]
  readonly cells: Cells
  readonly note: string
}

const KINDS: readonly Kind[] = [
  {
    title: 'Requests',
    generators: ['http', 'icmp', 'sessions'],
    columns: ['Flow', 'Phase', ...numbers('Answered'), 'Failed', ...numbers('p50', 'p90', 'p99', 'Longest')],
    cells: requestCells,
    note: 'A request counts in the phase in which it was sent, to the second; one in the second of an edge, where the fault was in force. Exchanges of sessions count when they end. Times are those of the requests that were answered, from sending, or from connecting, to the last byte; quantiles are up to 2.2 % too high. Unsent: due while its connection still waited for an answer.',
  },
  {
    title: 'Bulk data',
    generators: ['tcp', 'udp'],
    columns: [
      'Flow',
      'Phase',
      ...numbers('Goodput', 'Lowest second', 'Retransmits', 'Datagrams lost', 'Jitter (RFC 1889)'),
    ],
    cells: transferCells,
    note: 'Goodput is the payload that the receiver got.',
  },
  {
    title: 'Sessions',
    generators: ['sessions'],
    columns: [
      'Flow',
      'Phase',
      ...numbers('Held', 'Survived'),
      'Lost',
      ...numbers('Again', 'Pause p50', 'p90', 'longest', 'New failed', 'at a stretch'),
    ],
    cells: sessionCells,
    note: 'Held: established when the phase began. Again: lost, and established again. Pause: the longest that an exchange of each survivor waited, where that was above 100 ms. At a stretch: for how long no new session worked, at most.',
  },
]

function kindTable({ title, generators, columns, cells, note }: Kind, flows: readonly TrafficFlow[]): Html | undefined {
  const mine = flows.filter(({ about }) => generators.includes(about.generator))
  if (mine.length === 0) return undefined
  const rows = (flow: TrafficFlow): Html[] =>
    flow.rows.flatMap((row, i) =>
      cells(row, flow).map(([what, rest], j) => {
        const name =
          i === 0 && j === 0 ? html`${flow.about.flow}<div class="quiet">${askedText(flow.about)} asked</div>` : ''
        return html`<tr><td>${name}</td><td>${row.phase}${what && html`<div class="quiet">${what}</div>`}</td>${rest}</tr>`
      }),
    )
  const groups = [...Map.groupBy(mine, ({ about }) => whose(about))].map(([who, of]) =>
    group(who, columns.length, of.flatMap(rows)),
  )
  return html`<h3>${title}</h3>${table(title, columns, groups)}<p class="quiet">${note}</p>`
}

/** None for a run without real traffic. */
export function trafficSection(flows: readonly TrafficFlow[]): Html | undefined {
  if (flows.length === 0) return undefined
  return html`<section id="traffic"><h2>Traffic</h2>${KINDS.map((kind) => kindTable(kind, flows))}</section>`
}
