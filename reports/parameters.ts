// Everything that a number of this run depends on: topology, timers, how flows are measured, versions
// (RFC 6413, section 7).

import { ofKind } from '../lab/history.ts'
import { labParameters, type Parameters, parametersIn } from '../lab/measures/parameters.ts'
import { human } from '../lab/time.ts'
import type { Run } from './run.ts'

export type InForce = {
  /** Of the run: 'bfd_interval_ms': 100. */
  readonly run: Parameters
  /** By flow or stream. */
  readonly flows: Readonly<Record<string, Parameters>>
}

/** As recorded; what an older history does not tell, its topology does. */
export function inForce({ topology, events, versions }: Pick<Run, 'topology' | 'events' | 'versions'>): InForce {
  const recorded = parametersIn({ events })
  const of = ofKind({ events }, 'parameters').flatMap((event) => event.of ?? [])
  const started = ofKind({ events }, 'flow').filter(({ phase }) => phase === 'started')
  const recordedOf = Object.fromEntries(of.map((flow) => [flow, parametersIn({ events }, flow)]))
  const told = started.map(({ flow, of: stream = flow, ratePps, tenant }) => {
    const values = { probe_rate_pps: ratePps, ...recordedOf[stream], ...(tenant && { tenant }) }
    return [stream, values] as const
  })
  return {
    run: Object.keys(recorded).length > 0 || !topology ? recorded : labParameters(topology, versions).values,
    flows: { ...recordedOf, ...Object.fromEntries(told) },
  }
}

export type Parameter = readonly [name: string, value: string]

const ms = (value: string | number | undefined) => human(Number(value) * 1e6)

/** '100ms × 3 = 300ms'; 'none' where it is not in force. */
const detection = (run: Parameters, name: string): string =>
  run[`${name}_interval_ms`] === undefined
    ? 'none'
    : `${ms(run[`${name}_interval_ms`])} × ${run[`${name}_multiplier`]} = ${ms(run[`${name}_expected_detection_time_ms`])}`

/** How a flow of probes is measured; of other traffic, its parameters by name. */
function measuredBy({ probe_rate_pps: rate, ...of }: Parameters): string {
  if (rate === undefined)
    return Object.entries(of)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')
  const flows = Number(of.flows ?? 1)
  return [
    `${flows > 1 ? `${flows} flows of ` : ''}${rate} pps each way`,
    ...(of.probe_payload_bytes === undefined ? [] : [`${of.probe_payload_bytes} bytes of payload`]),
    ...(of.forwarding_delay_threshold_ms === undefined ? [] : [`lost after ${ms(of.forwarding_delay_threshold_ms)}`]),
    ...(of.sustained_validation_time_ms === undefined ? [] : [`validated for ${ms(of.sustained_validation_time_ms)}`]),
    ...(of.least_packet_sampling_interval_ms === undefined
      ? []
      : [`sampled each ${ms(of.least_packet_sampling_interval_ms)} at least`]),
  ].join(', ')
}

/** For people, in the order that they look for them; versions are told apart. */
export function parametersOf({ run, flows }: InForce): Parameter[] {
  const timers: Parameter[] =
    run.topology === undefined
      ? []
      : [
          ['topology', String(run.topology)],
          ['BFD of BGP sessions', detection(run, 'bfd')],
          ['BFD of tunnels', detection(run, 'tunnel_bfd')],
          ['BGP keepalive, hold', `${run.bgp_keepalive_s}s, ${run.bgp_hold_time_s}s`],
          ['BGP connect retry', `${run.bgp_connect_retry_s}s`],
          ['BGP advertisement interval', `${run.bgp_advertisement_interval_s}s`],
        ]
  const measured = Object.entries(flows).map(
    ([flow, { tenant, ...of }]): Parameter => [flow, `${measuredBy(of)}${tenant ? `, ${tenant}` : ''}`],
  )
  return [...timers, ...measured]
}

/** The timers that an outage is made of, and how it is measured, a line each. */
export function timerLines({ run, flows }: InForce): string[] {
  const measured = [...new Set(Object.values(flows).map(({ tenant: _, ...of }) => measuredBy(of)))]
  return [
    ...(run.topology === undefined
      ? []
      : [
          `timers: BFD ${detection(run, 'bfd')}, tunnel BFD ${detection(run, 'tunnel_bfd')}, BGP hold ${run.bgp_hold_time_s}s`,
        ]),
    ...(measured.length === 0 ? [] : [`measured: ${measured.join('; ')}`]),
  ]
}
