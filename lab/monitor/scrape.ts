// The exporters of all chassis, asked once by the harness itself: Prometheus's samples are up to a second
// old, and nobody knows by how much; here the instant is known to a bracket.

import { EXPORTER_PORT } from '../exporter/catalogue/index.ts'
import { ofKind } from '../history.ts'
import type { Named } from '../loss/window.ts'
import { management } from '../topology/management.ts'
import type { Lab } from '../types.ts'
import { monitorOf } from './api.ts'
import { samplesIn } from './exported.ts'

/** What ports have counted, each with its tenant. */
const PORT_COUNTERS = ['rx_packets_total', 'tx_packets_total', 'rx_bytes', 'tx_bytes'].map(
  (name) => `ovs_interface_${name}`,
)

/**
 * Notes in the history what the exporter of each chassis says now of its ports. What is returned names this scrape
 * to claims. Throws ScenarioError for a lab without a monitor, LabError where an exporter does not answer.
 */
export async function scrape(lab: Lab): Promise<Named> {
  const monitor = monitorOf(lab, 'a scrape')
  const name = `scrape ${new Set(ofKind(lab.history, 'exported').map((event) => event.scrape)).size + 1}`
  if (lab.history.plan) return { name }
  const chassis = new Set(lab.topology.chassis.map((each) => each.name))
  for (const { node, address } of management(lab.topology).filter((each) => chassis.has(each.node))) {
    const { out, bracket } = await lab.run(
      monitor,
      `set -o pipefail; curl -sS -m 2 http://${address}:${EXPORTER_PORT.chassis}/metrics | grep -E '^(${PORT_COUNTERS.join('|')})[{]'`,
    )
    lab.history.record(monitor, { kind: 'exported', scrape: name, node, bracket, samples: samplesIn(out) })
  }
  return { name }
}
