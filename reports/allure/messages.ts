// A run as messages to Allure's reporter: description, labels, parameters, steps, files.

import { basename, extname } from 'node:path'
import type { RuntimeMessage } from 'allure-js-commons/sdk'
import { span } from '../describe.ts'
import { floorText, highest, lengthText } from '../floors.ts'
import type { Row } from '../measures.ts'
import { html } from '../page/html.ts'
import { measuresCsv } from '../page/measures-table.ts'
import { type Parameter, parametersOf } from '../parameters.ts'
import type { Result } from '../result.ts'
import type { Run } from '../run.ts'
import { inOne, SWITCHOVER, toldConvergence, toldSwitchover } from '../words.ts'
import { type Attached, attached } from './files.ts'
import { stageSteps } from './stages.ts'
import { type Step, stepsOf } from './steps.ts'

/** Tells our status listener how the run ended. */
export const OUTCOME_LABEL = 'outcome'

function stepMessages({ name, fromNs, toNs, status, steps }: Step, epochMs: number): RuntimeMessage[] {
  const at = (ns: number) => Math.round(epochMs + ns / 1e6)
  return [
    { type: 'step_start', data: { name, start: at(fromNs) } },
    ...steps.flatMap((step) => stepMessages(step, epochMs)),
    { type: 'step_stop', data: { stop: at(toNs), status: status as never } },
  ]
}

/** What happened to a flow, a figure each. */
function resultParameters(row: Row): Parameter[] {
  const { flow, direction, phase, outage, event, switchover, convergence } = row
  const told: Parameter[] = [
    ...(outage ? [['outage', span(outage)] as const] : []),
    ...(switchover && event ? [[SWITCHOVER[event], inOne(toldSwitchover(switchover))] as const] : []),
    ...(outage && convergence ? [['full convergence time', inOne(toldConvergence(convergence))] as const] : []),
  ]
  return told.map(([what, value]) => [`${what} ${phase}, ${flow} ${direction}`, value])
}

function floorParameters({ noiseFloor }: Result): Parameter[] {
  const control = highest(noiseFloor)
  return control ? [['noise floor', `${floorText(control)}; control run of ${lengthText(control)}`]] : []
}

function metadata(run: Run, result: Result, folder: string): RuntimeMessage {
  // Allure shows the first few and folds the others away.
  const parameters = [
    ...result.measures.flatMap(resultParameters),
    ...floorParameters(result),
    ...parametersOf(result.parameters),
    ...Object.entries(run.versions),
  ]
  const page = `../${run.scenario}/${basename(folder)}/timeline.html`
  return {
    type: 'metadata',
    data: {
      descriptionHtml: html`<pre>${result.description}</pre>`.html,
      labels: [
        { name: 'feature', value: run.scenario },
        { name: 'severity', value: result.faults.length > 0 ? 'critical' : 'normal' },
        { name: OUTCOME_LABEL, value: result.is },
      ],
      links: [{ name: 'timeline of this run', url: page, type: 'link' }],
      // Excluded from what tells tests apart: the same claim under other versions is the same claim.
      parameters: parameters.map(([name, value]) => ({ name, value, excluded: true })),
    },
  }
}

/** Allure sorts by time, and shows what has none last. */
const atStart = (epochMs: number) => ({ wrapInStep: true, timestamp: epochMs })

const csv = (result: Result, epochMs: number): RuntimeMessage => ({
  type: 'attachment_content',
  data: {
    name: 'measures',
    content: Buffer.from(measuresCsv(result.measures)).toString('base64'),
    encoding: 'base64',
    contentType: 'text/csv',
    fileExtension: '.csv',
    ...atStart(epochMs),
  },
})

const file = ({ file: name, path, type }: Attached, when = {}): RuntimeMessage => ({
  type: 'attachment_path',
  data: { name, path, contentType: type, fileExtension: extname(name), ...when },
})

/** The page and the measures come first: what people look for stands above a hundred steps. */
export function messagesOf(run: Run, result: Result, folder: string): RuntimeMessage[] {
  const [page, rest] = attached(folder, run.files)
  return [
    metadata(run, result, folder),
    ...page.map((each) => file(each, atStart(run.epochMs))),
    ...(result.measures.length > 0 ? [csv(result, run.epochMs)] : []),
    ...[...stageSteps(result.measures), ...stepsOf(run.events)].flatMap((step) => stepMessages(step, run.epochMs)),
    ...rest.map((each) => file(each)),
  ]
}
