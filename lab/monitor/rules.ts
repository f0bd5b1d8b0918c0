// Alert rules for what an operator would page on, and recording rules of what dashboards ask for often: as data, for the
// lab's own Prometheus and, at an operator's pace, as files for anybody's.

/** How often targets are scraped, and what of that follows for rules. */
export type Pace = {
  readonly scrapeS: number
  /** How long a state must last before it pages. */
  readonly forS: number
  /** Over how long rates are taken and flaps are counted. */
  readonly windowS: number
}

/**
 * Two scrapes of a second that agree, so that one missed scrape pages nobody; a window of ten, in which a session that
 * takes 2 s to come back can flap three times.
 */
export const LAB_PACE: Pace = { scrapeS: 1, forS: 2, windowS: 10 }
/** Prometheus's usual 15 s: two scrapes agree after 30 s, and a window has twenty of them. */
export const OPERATOR_PACE: Pace = { scrapeS: 15, forS: 30, windowS: 300 }

export type Alert = {
  /** 'GatewayDown' */
  readonly name: string
  /** PromQL; `[window]` stands for the pace's. */
  readonly expr: string
  /** Whether it pages at once: what it sees is over many scrapes already. */
  readonly atOnce?: boolean
  readonly severity: 'critical' | 'warning'
  /** What is wrong, one line; labels as {{ $labels.instance }}. */
  readonly summary: string
  /** What that means to tenants, and where to look. */
  readonly description: string
}

export const alerts: readonly Alert[] = [
  {
    name: 'GatewayDown',
    expr: 'up{job="node",role="gateway"} == 0',
    severity: 'critical',
    summary: 'NAT gateway {{ $labels.instance }} of {{ $labels.vpc }} does not answer',
    description:
      'Its VPC leaves by the standby, if that is up. See BGP and BFD of its neighbours, and the node on its chassis {{ $labels.chassis }}.',
  },
  {
    name: 'BgpSessionDown',
    expr: 'frr_bgp_peer_state != 1',
    severity: 'critical',
    summary: 'BGP from {{ $labels.instance }} to {{ $labels.peer_desc }} ({{ $labels.peer }}) is not Established',
    description:
      'Prefixes that came over it are withdrawn. 0 is down, 2 is shut down by an operator. See the BFD session between the same addresses.',
  },
  {
    name: 'BfdFlapping',
    expr: 'resets(frr_bfd_peer_uptime[[window]]) >= 2',
    atOnce: true,
    severity: 'warning',
    summary: 'BFD from {{ $labels.instance }} to {{ $labels.peer }} came up anew {{ $value }} times',
    description:
      'Each flap takes the BGP session and its routes along. See the link, and whether the host is short of CPU.',
  },
  {
    name: 'RoutingDaemonSilent',
    expr: 'frr_collector_up == 0',
    severity: 'critical',
    summary: 'The daemon behind {{ $labels.collector }} on {{ $labels.instance }} does not answer',
    description: 'It died or hangs; its sessions follow as soon as their timers run out.',
  },
  {
    name: 'ChassisLost',
    expr: 'max by (remote_chassis) (ovs_tunnel_bfd_forwarding) == 0',
    severity: 'critical',
    summary: 'No other chassis reaches {{ $labels.remote_chassis }} by its tunnels',
    description:
      'Its gateway ports move to the next chassis of their groups; what else is bound there is cut off. See its uplink, then ovs-vswitchd.',
  },
  {
    name: 'PortNotUp',
    // OVN goes on calling a port up whose device has no carrier, or is gone.
    expr: 'ovn_logical_switch_port_up == 0 or ovs_interface_link_state{logical_port!=""} == 0 or ovs_interface_openflow_port{logical_port!=""} < 0',
    severity: 'warning',
    summary: 'Port {{ $labels.logical_port }} of {{ $labels.vpc }} is not up, or its device is not',
    description:
      'No chassis has bound it, its flows are not in place, or its device has no carrier or is gone, which OVN does not tell. See its chassis, then ovn-controller.',
  },
  {
    name: 'DropsRise',
    expr: 'sum by (chassis, drop_reason) (rate(ovs_datapath_drops_total[[window]])) > 20',
    atOnce: true,
    severity: 'warning',
    summary: '{{ $labels.chassis }} drops {{ $value | humanize }} packets a second: {{ $labels.drop_reason }}',
    description:
      'drop_action_of_pipeline is what OpenFlow rules drop, ACLs among them: see which changed. Any other reason is a fault of the datapath.',
  },
  {
    name: 'ConntrackNearLimit',
    expr: 'node_nf_conntrack_entries / node_nf_conntrack_entries_limit > 0.8',
    severity: 'warning',
    summary: 'Conntrack of {{ $labels.instance }} is {{ $value | humanizePercentage }} full',
    description: 'At its limit the kernel drops what would open a new connection, without a word to anybody.',
  },
  {
    name: 'SnatPortsExhausted',
    expr: 'rate(node_nf_conntrack_stat_insert_failed{role="gateway"}[[window]]) > 0',
    atOnce: true,
    severity: 'critical',
    summary: 'NAT gateway {{ $labels.instance }} of {{ $labels.vpc }} finds no port for new connections',
    description:
      'SYNs are dropped, and clients wait. Another public address or a shorter TIME_WAIT gives ports back; see which destination holds them.',
  },
]

/** A figure that dashboards and alerts share. */
export type Recording = { readonly record: string; readonly expr: string }

export const recordings: readonly Recording[] = [
  {
    record: 'instance:node_network_receive_bytes:rate',
    expr: 'sum by (instance, role, chassis, vpc, tenant, device) (rate(node_network_receive_bytes_total[[window]]))',
  },
  {
    record: 'instance:node_network_transmit_bytes:rate',
    expr: 'sum by (instance, role, chassis, vpc, tenant, device) (rate(node_network_transmit_bytes_total[[window]]))',
  },
]

const paced = (expr: string, { windowS }: Pace): string => expr.replaceAll('[window]', `${windowS}s`)

/** The rules as Prometheus's rule file has them; the scrape interval is the evaluation's. */
export const ruleFile = (pace: Pace) => ({
  groups: [
    {
      name: 'ovn-gameday records',
      interval: `${pace.scrapeS}s`,
      rules: recordings.map(({ record, expr }) => ({ record, expr: paced(expr, pace) })),
    },
    {
      name: 'ovn-gameday',
      interval: `${pace.scrapeS}s`,
      rules: alerts.map(({ name, expr, atOnce = false, severity, summary, description }) => ({
        alert: name,
        expr: paced(expr, pace),
        for: atOnce ? '0s' : `${pace.forS}s`,
        labels: { severity },
        annotations: { summary, description },
      })),
    },
  ],
})
