// What the exporter exports, as data: dashboards, alerts, tests and the manual are checked against it.

/** Which exporter has it: the one beside Open vSwitch and ovn-controller, or the one beside NB, SB and northd. */
export type Role = 'chassis' | 'central'

export type Metric = {
  /** 'ovs_interface_rx_bytes' */
  readonly name: string
  readonly type: 'counter' | 'gauge'
  /** What it counts, in which unit, and in brackets where that comes from. */
  readonly help: string
  /** Besides `system_id`, which every series has. */
  readonly labels: readonly string[]
  readonly role: Role
}

type Words = readonly [name: string, type: Metric['type'], labels: readonly string[], help: string]

/** Metrics of one role, one line each. */
export const family = (role: Role, all: readonly Words[]): readonly Metric[] =>
  all.map(([name, type, labels, help]) => ({ name, type, help, labels, role }))

/** Whose it is: from `external_ids` of OVN's rows, keys `tenant`, `vpc` and `tier`; empty where a row has none. */
export const OWNER = ['tenant', 'vpc', 'tier'] as const

/** A port of Open vSwitch, and the logical port that it is bound to, where it is. */
export const PORT = ['name', 'bridge', 'type', 'chassis', 'logical_port', 'logical_switch', ...OWNER] as const
