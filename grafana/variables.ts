// What can be chosen at the top of every dashboard.

export type Variable = {
  readonly name: string
  readonly label: string
  readonly description: string
  /** As Grafana's Prometheus source takes it. */
  readonly query: string
  /** The regular expression that stands for all of them. */
  readonly all: string
}

/** Taken from OVN's own rows by way of the exporter: a tenant is there as soon as it has a port. */
export const VARIABLES: readonly Variable[] = [
  {
    name: 'tenant',
    label: 'Tenant',
    description: 'Whose; as external_ids of the rows in the NB say. All is also what is nobody’s.',
    query: 'label_values(ovs_interface_rx_packets_total{tenant!=""}, tenant)',
    all: '.*',
  },
  {
    name: 'vpc',
    label: 'VPC',
    description: 'Which of the tenant’s VPCs',
    query: 'label_values(ovs_interface_rx_packets_total{tenant=~"$tenant",vpc!=""}, vpc)',
    all: '.*',
  },
  {
    name: 'chassis',
    label: 'Chassis',
    description: 'Where ports are bound, and daemons run',
    query: 'label_values(up{job="ovs"}, chassis)',
    all: '.*',
  },
]
