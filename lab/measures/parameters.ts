// What the numbers of a run depend on, as RFC 6413 (section 7) wants it beside them: every timer in force,
// and how each flow is measured. Names end in their unit.

import type { History } from '../history.ts'
import { ofKind } from '../history.ts'
import type { Bfd, Ospf, Topology } from '../topology/types.ts'

export type ParametersEvent = {
  readonly kind: 'parameters'
  /** The flow or stream that they are of; none: the whole run. */
  readonly of?: string
  /** 'bfd_interval_ms': 100 */
  readonly values: Parameters
}

export type Parameters = Readonly<Record<string, string | number>>

/**
 * How long after a recovery no packet may be impaired, where a flow does not say (RFC 6412 §3.7.5). The RFC
 * recommends 5 s, for routers with a hundred thousand routes; a VPC's handful settles within one.
 */
export const SUSTAINED_NS = 1e9

/** Packet Sampling Interval (RFC 6412 §3.7.4) where probes come often enough; each result states its own. */
export const SAMPLING_NS = 10e6

/** UDP payload of prober.c's `struct probe`, bytes; with its headers an IPv4 packet of 60. */
export const PROBE_BYTES = 32

/** An observer of silence gives up after this long: every interval of its multiplier must pass unheard (RFC 5880 §6.8.4). */
const detection = (name: string, { intervalMs, multiplier }: Bfd): Parameters => ({
  [`${name}_interval_ms`]: intervalMs,
  [`${name}_multiplier`]: multiplier,
  [`${name}_expected_detection_time_ms`]: intervalMs * multiplier,
})

const ospfParameters = ({ helloS, deadS, spf, lsa, retransmitS }: Ospf): Parameters => ({
  ospf_hello_interval_s: helloS,
  ospf_dead_interval_s: deadS,
  ospf_spf_delay_ms: spf.delayMs,
  ospf_spf_hold_time_ms: spf.holdMs,
  ospf_spf_max_hold_time_ms: spf.maxHoldMs,
  ospf_lsa_origination_interval_ms: lsa.intervalMs,
  ospf_lsa_arrival_interval_ms: lsa.arrivalMs,
  ospf_retransmission_interval_s: retransmitS,
})

/** Of a whole run. `versions` by package, '25.03.0'. */
export function labParameters(
  { name, timers: { bfd, tunnelBfd, bgp, gracefulRestart, ospf, raft } }: Topology,
  versions: Readonly<Record<string, string>>,
): ParametersEvent {
  const values = {
    topology: name,
    ...(bfd && detection('bfd', bfd)),
    ...detection('tunnel_bfd', tunnelBfd),
    bgp_keepalive_s: bgp.keepaliveS,
    bgp_hold_time_s: bgp.holdS,
    bgp_connect_retry_s: bgp.connectRetryS,
    bgp_advertisement_interval_s: bgp.advertisementS,
    ...(gracefulRestart && { bgp_graceful_restart_time_s: gracefulRestart.restartS }),
    ...(ospf && ospfParameters(ospf)),
    ...(raft && { raft_election_timer_ms: raft.electionMs }),
    ...Object.fromEntries(Object.entries(versions).map(([software, version]) => [`version_${software}`, version])),
  }
  return { kind: 'parameters', values }
}

export type Measured = {
  /** Its name, or that of the stream. */
  readonly flow: string
  readonly flows: number
  /** Of each flow, each way. */
  readonly ratePps: number
  readonly thresholdNs: number
  readonly sustainedNs: number
}

/** Of a flow of probes, or of a stream of several. */
export const probeParameters = (of: Measured): ParametersEvent => ({
  kind: 'parameters',
  of: of.flow,
  values: {
    flows: of.flows,
    probe_rate_pps: of.ratePps,
    probe_gap_ms: 1e3 / of.ratePps,
    probe_payload_bytes: PROBE_BYTES,
    forwarding_delay_threshold_ms: of.thresholdNs / 1e6,
    sustained_validation_time_ms: of.sustainedNs / 1e6,
    least_packet_sampling_interval_ms: SAMPLING_NS / 1e6,
  },
})

/** Those of the run, or of a flow or stream of it; those that were told last count. */
export const parametersIn = (history: Pick<History, 'events'>, of?: string): Parameters =>
  Object.assign({}, ...ofKind(history, 'parameters').flatMap((event) => (event.of === of ? [event.values] : [])))

/** The Sustained Convergence Validation Time of a flow, or of the stream that it is one of, ns. */
export function sustainedNsOf(history: Pick<History, 'events'>, { flow, of = flow }: { flow: string; of?: string }) {
  const ms = parametersIn(history, of).sustained_validation_time_ms
  return typeof ms === 'number' ? ms * 1e6 : SUSTAINED_NS
}
