// From dashboards as data to Grafana's JSON, by its foundation SDK. The classic schema, which every Grafana from 9 on
// takes from a file.

import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import {
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  type Dashboard as DashboardJson,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  MappingType,
  type Panel as PanelJson,
  QueryVariableBuilder,
  RowBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder as NumberBuilder } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as StatesBuilder } from '@grafana/grafana-foundation-sdk/statetimeline'
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table'
import { PanelBuilder as LinesBuilder } from '@grafana/grafana-foundation-sdk/timeseries'
import type { Dashboard, Panel, Query } from './panel.ts'
import { VARIABLES } from './variables.ts'

/** Whichever Prometheus is chosen at the top; in the lab there is one. */
const SOURCE = { type: 'prometheus', uid: '$' + '{datasource}' }
const TAG = 'ovn-gameday'

/** Names of targets, in order: A, B, … */
const refId = (index: number) => String.fromCharCode(65 + index)

const target =
  (kind: Panel['kind']) =>
  ({ expr, legend }: Query, index: number) => {
    const query = new DataqueryBuilder().datasource(SOURCE).refId(refId(index)).expr(expr).legendFormat(legend)
    return kind === 'table' ? query.format(PromQueryFormat.Table).instant() : query.range()
  }

const thresholds = ({ thresholds: steps }: Panel) =>
  new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([
      { value: null, color: steps[0]?.[1] ?? 'green' },
      ...steps.slice(1).map(([value, color]) => ({ value, color })),
    ])

const mappings = ({ names = {} }: Panel): ValueMapping[] =>
  Object.keys(names).length === 0
    ? []
    : [
        {
          type: MappingType.ValueToText,
          options: Object.fromEntries(Object.entries(names).map(([value, [text, color]]) => [value, { text, color }])),
        },
      ]

const BUILDERS = { lines: LinesBuilder, number: NumberBuilder, table: TableBuilder, states: StatesBuilder } as const
const HEIGHT = 8

function panelOf(panel: Panel): Builder<PanelJson> {
  const { kind = 'lines', title, description, unit, width = 8, queries } = panel
  const built = new BUILDERS[kind]()
    .title(title)
    .description(description)
    .datasource(SOURCE)
    .unit(unit)
    .height(HEIGHT)
    .span(width)
    .thresholds(thresholds(panel))
    .mappings(mappings(panel))
    .targets(queries.map(target(kind)))
  // Labels as columns, one row for each series, without the time of the scrape.
  if (built instanceof TableBuilder)
    return built.transformations([
      { id: 'merge', options: {} },
      { id: 'organize', options: { excludeByName: { Time: true, __name__: true, job: true, system_id: true } } },
    ])
  return built
}

const variables = () => [
  new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'),
  ...VARIABLES.map(({ name, label, description, query, all }) =>
    new QueryVariableBuilder(name)
      .label(label)
      .description(description)
      .datasource(SOURCE)
      .query({ query, refId: `variable-${name}` })
      .refresh(VariableRefresh.OnTimeRangeChanged)
      .sort(VariableSort.NaturalAsc)
      .multi(true)
      .includeAll(true)
      .allValue(all)
      .current({ text: 'All', value: '$__all' }),
  ),
]

/** Faults of the harness, drawn over every chart: from the strike to the heal. */
const faults = () =>
  new AnnotationQueryBuilder()
    .name('Faults')
    .datasource(SOURCE)
    .enable(true)
    .iconColor('red')
    .expr('gameday_fault_in_force == 1')
    .step('1s')
    .titleFormat('{{fault}}')
    .textFormat('{{target}}')

/** Throws what the SDK refuses. */
export function build({ uid, title, description, rows }: Dashboard): DashboardJson {
  const builder = new DashboardBuilder(title)
    .uid(`${TAG}-${uid}`)
    .description(description)
    .tags([TAG])
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .refresh('5s')
    .time({ from: 'now-15m', to: 'now' })
    .variables(variables())
    .annotation(faults())
    .link(
      new DashboardLinkBuilder('Dashboards')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true),
    )
  for (const row of rows) {
    builder.withRow(new RowBuilder(row.title))
    for (const panel of row.panels) builder.withPanel(panelOf(panel))
  }
  return builder.build()
}
