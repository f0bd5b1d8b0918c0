// The monitor: a node with Prometheus, on the management network and on no other.

import { writeFile } from '../frr/start.ts'
import { nodeExporter, PORTS, TEXTFILES } from '../monitor/exporters.ts'
import { LOOKBACK_S, prometheusConfig, STORE } from '../monitor/prometheus.ts'
import { LAB_PACE, ruleFile } from '../monitor/rules.ts'
import type { Topology } from '../topology/types.ts'
import { type Daemon, startAll } from './daemon.ts'
import { DAEMON, type NodePlan } from './plan.ts'

const RULES = '/etc/prometheus/rules.json'

/** It looks at what there is to scrape 5 s after its start, and of its own accord would take up to 5 s more. */
const PROMETHEUS: Daemon = {
  role: 'prometheus',
  pidFile: '/run/prometheus.pid',
  start: `GOMAXPROCS=1 nice -n 10 prometheus --config.file=/etc/prometheus/prometheus.yml --storage.tsdb.path=${STORE} \
 --storage.tsdb.retention.time=1d --query.lookback-delta=${LOOKBACK_S}s --web.listen-address=0.0.0.0:${PORTS.prometheus} \
 --scrape.discovery-reload-interval=1s --log.level=warn >/var/log/prometheus.log 2>&1 </dev/null & echo $! >/run/prometheus.pid`,
  serves: `curl -sf -o /dev/null -m 1 http://127.0.0.1:${PORTS.prometheus}/-/ready`,
}

/** Prometheus with the lab's rules, and a node exporter that also hands on what the harness writes. */
export function monitor(topology: Topology): NodePlan {
  // It starts before it has its address.
  const daemons = [PROMETHEUS, nodeExporter('0.0.0.0', ['textfile'])]
  return {
    capabilities: DAEMON,
    interfaces: [],
    routes: [],
    daemons,
    start: `mkdir -p ${STORE} ${TEXTFILES}
${writeFile('/etc/prometheus/prometheus.yml', prometheusConfig(topology, [RULES]))}
${writeFile(RULES, JSON.stringify(ruleFile(LAB_PACE), null, 1))}
${startAll(daemons)}
[ -z "$exit_code" ]`,
    watch: {},
  }
}
