import { type Answers, effortSamples } from '../daemon-samples.ts'
import type { BridgeCounters } from '../openflow.ts'
import type { Replica } from '../replica.ts'
import { map, number, text } from '../rows.ts'
import type { Samples } from '../samples.ts'
import type { Port } from './ports.ts'

export const CONTROLLER = 'ovn-controller'

/** What ovn-controller is asked besides what every daemon is. */
export const CONTROLLER_QUESTIONS = ['connection-status', 'stopwatch/show', 'inc-engine/show-stats'] as const

/** What is said of it in the chassis' own database, and by itself where it answers. */
export function controllerSamples(
  samples: Samples,
  chassis: string,
  switchRows: Replica,
  ports: readonly Port[],
  counted: ReadonlyMap<string, BridgeCounters>,
  answers: Answers | undefined,
): void {
  const { add } = samples
  const [own] = switchRows.rows('Open_vSwitch').values()
  const ids = map(own?.external_ids)
  const integration = ids['ovn-bridge'] ?? 'br-int'
  const of = { chassis }
  const inside = ports.filter(({ bridge }) => bridge === integration)
  const count = (type: string) => inside.filter(({ labels }) => labels.type === type).length
  add('ovn_controller_integration_bridge_openflow_total', counted.get(integration)?.flows, of)
  add('ovn_controller_integration_bridge_geneve_ports', count('geneve'), of)
  add('ovn_controller_integration_bridge_patch_ports', count('patch'), of)
  add('ovn_controller_monitor_all', ids['ovn-monitor-all'] === 'true' ? 1 : 0, of)
  for (const ip of list(ids['ovn-encap-ip'])) add('ovn_controller_encap_ip', 1, { ...of, ip })
  for (const type of list(ids['ovn-encap-type'])) add('ovn_controller_encap_type', 1, { ...of, type })
  for (const mapping of list(ids['ovn-bridge-mappings'])) add('ovn_controller_bridge_mappings', 1, { ...of, mapping })
  for (const bridge of switchRows.rows('Bridge').values()) {
    if (text(bridge.name) !== integration) continue
    const said = map(bridge.external_ids)
    add('ovn_controller_nb_cfg', number(said['ovn-nb-cfg']), of)
    const stampMs = number(said['ovn-nb-cfg-ts'])
    add('ovn_controller_nb_cfg_timestamp_seconds', stampMs && stampMs / 1000, of)
  }
  if (!answers) return
  const connected = answers.get('connection-status')?.trim() === 'connected'
  add('ovn_controller_southbound_database_connected', connected ? 1 : 0, of)
  effortSamples(samples, CONTROLLER, answers)
}

const list = (words = ''): string[] => words.split(',').filter((word) => word !== '')
