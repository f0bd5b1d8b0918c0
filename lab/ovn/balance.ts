// Load balancers as rows of the NB (ovn-nb(5), Load_Balancer), each with its health check.

import { presentSubnets } from '../topology/later.ts'
import type { Balanced } from '../topology/load-balancers.ts'

/**
 * Commands of ovn-nbctl(8) for one load balancer, on every switch of its VPC that has clients: workloads, and
 * where the internet reaches it the NAT gateways, which hand it what came to the public address.
 */
export function balanceRows(balanced: Balanced, ids: string): string[] {
  const { name, address, port, servers, health, vpc } = balanced
  const virtual = `${address}:${port}`
  const probed = servers.map((each) => `ip_port_mappings:${each.address}=\\"${each.name}:${health.source}\\"`)
  const check = `@hc-${name}`.replaceAll('-', '_')
  const options = [
    `options:interval=${health.intervalS}`,
    `options:timeout=${health.timeoutS}`,
    `options:success_count=${health.successCount}`,
    `options:failure_count=${health.failureCount}`,
  ]
  return [
    `lb-add ${name} ${virtual} ${servers.map((each) => `${each.address}:${each.serves}`).join(',')} tcp`,
    `set load_balancer ${name} ${ids} ${probed.join(' ')}`,
    `--id=${check} create load_balancer_health_check vip='"${virtual}"' ${options.join(' ')}`,
    `add load_balancer ${name} health_check ${check}`,
    ...presentSubnets(vpc)
      .filter((subnet) => subnet.tier || (balanced.public && subnet.name === vpc.nat.subnet))
      .map((subnet) => `ls-lb-add ${subnet.name} ${name}`),
  ]
}
