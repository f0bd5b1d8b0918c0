// What there is in a lab, and how to enter it.

import { links } from '../topology/links.ts'
import { centrals } from '../topology/nodes.ts'
import type { Topology } from '../topology/types.ts'
import { publicAddresses } from '../topology/vpcs.ts'
import { table } from './table.ts'

/** Text for somebody who has just brought the lab up. */
export function tour(topology: Topology, lab: string): string {
  const { central, chassis, internet, vpcs } = topology
  const [vpc] = Object.values(vpcs)
  const node = vpc?.workloads[0]?.name ?? central.name
  const link = vpc?.nat.gateways[0] ? `${vpc.nat.gateways[0].name}:eth1` : links(topology)[0]?.name
  const option = lab === topology.name ? '' : ` --lab ${lab}`
  const names = (those: readonly { readonly name: string }[]) => those.map(({ name }) => name).join(', ')
  return table([
    ['central', names(centrals(topology))],
    ['chassis', names(chassis)],
    ...Object.values(vpcs).flatMap((each) => [
      [each.name, names(each.workloads)],
      ['', `${names(each.nat.gateways)} (${publicAddresses(each).join(' and ')})`],
    ]),
    ['internet', `${internet.name} (${internet.address})`],
    ...(topology.monitor ? [['monitor', `${topology.monitor.name} (Prometheus, port 9090)`]] : []),
    ['', ''],
    ['enter', `npm run lab:shell ${node}${option && ` --${option}`}`],
    ['ask', `npm run lab:shell ${node} --${option} curl -s http://${internet.address}/`],
    ['capture', `npm run -s lab:capture ${link}${option && ` --${option}`} | wireshark -k -i -`],
    ['take down', `npm run lab:down ${lab}`],
  ])
}
