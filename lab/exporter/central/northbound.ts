import type { Owner } from '../owner.ts'
import type { Replica } from '../replica.ts'
import { many, map, number, type Row, text } from '../rows.ts'
import type { Samples } from '../samples.ts'

export type OwnerOf = (row: Row | undefined) => Owner

const length = (row: Row, column: string) => many(row[column]).length

/** Logical switches and routers, and what is configured on them. */
export function northboundSamples(samples: Samples, nb: Replica, owner: OwnerOf): void {
  switchSamples(samples, nb, owner)
  routerSamples(samples, nb, owner)
  balancerSamples(samples, nb, owner)
  aclSamples(samples, nb, owner)
  cfgSamples(samples, nb)
  for (const row of nb.rows('BFD').values())
    samples.add('ovn_bfd_up', row.status === 'up' ? 1 : 0, {
      logical_port: text(row.logical_port),
      dst_ip: text(row.dst_ip),
    })
}

function switchSamples({ add }: Samples, nb: Replica, owner: OwnerOf): void {
  for (const [uuid, row] of nb.rows('Logical_Switch')) {
    const of = { logical_switch: text(row.name), ...owner(row) }
    add('ovn_logical_switch_info', 1, { uuid, ...of })
    for (const [key, value] of Object.entries(map(row.external_ids)))
      add('ovn_logical_switch_external_id', 1, { uuid, key, value })
    add('ovn_logical_switch_ports', length(row, 'ports'), of)
    add('ovn_logical_switch_acls', length(row, 'acls'), of)
    add('ovn_logical_switch_load_balancers', length(row, 'load_balancer'), of)
  }
}

function routerSamples({ add }: Samples, nb: Replica, owner: OwnerOf): void {
  const nats = nb.rows('NAT')
  for (const [uuid, row] of nb.rows('Logical_Router')) {
    const of = { logical_router: text(row.name), ...owner(row) }
    add('ovn_logical_router_info', 1, { uuid, ...of })
    for (const [key, value] of Object.entries(map(row.external_ids)))
      add('ovn_logical_router_external_id', 1, { uuid, key, value })
    add('ovn_logical_router_ports', length(row, 'ports'), of)
    add('ovn_logical_router_static_routes', length(row, 'static_routes'), of)
    add('ovn_logical_router_nat_rules', length(row, 'nat'), of)
    add('ovn_logical_router_load_balancers', length(row, 'load_balancer'), of)
    add('ovn_logical_router_policies', length(row, 'policies'), of)
    for (const id of many(row.nat)) {
      const nat = nats.get(id)
      if (!nat) continue
      add('ovn_nat_info', 1, {
        uuid: id,
        ...of,
        type: text(nat.type),
        external_ip: text(nat.external_ip),
        logical_ip: text(nat.logical_ip),
        logical_port: text(nat.logical_port),
      })
    }
  }
  const candidates = nb.rows('Gateway_Chassis')
  for (const row of nb.rows('Logical_Router_Port').values())
    for (const id of many(row.gateway_chassis)) {
      const candidate = candidates.get(id)
      add('ovn_gateway_chassis_priority', number(candidate?.priority), {
        logical_router_port: text(row.name),
        chassis: text(candidate?.chassis_name),
      })
    }
}

function balancerSamples({ add }: Samples, nb: Replica, owner: OwnerOf): void {
  for (const [uuid, row] of nb.rows('Load_Balancer')) {
    const of = { load_balancer: text(row.name), ...owner(row) }
    const vips = Object.entries(map(row.vips))
    add('ovn_load_balancer_info', 1, { uuid, ...of, protocol: text(row.protocol) || 'tcp' })
    add('ovn_load_balancer_vips', vips.length, of)
    for (const [vip, backends] of vips)
      add('ovn_load_balancer_backends', backends.split(',').filter((each) => each !== '').length, { ...of, vip })
  }
}

/** ACLs are told by whose they are: a port group's, as those of tiers, or a switch's. */
function aclSamples({ add }: Samples, nb: Replica, owner: OwnerOf): void {
  const acls = nb.rows('ACL')
  const count = (row: Row, of: Readonly<Record<string, string>>) => {
    const kinds = new Map<string, number>()
    for (const id of many(row.acls)) {
      const acl = acls.get(id)
      const kind = `${text(acl?.direction)} ${text(acl?.action)}`
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    }
    for (const [kind, number] of kinds) {
      const [direction = '', action = ''] = kind.split(' ')
      add('ovn_acl_rules', number, { ...of, direction, action, ...owner(row) })
    }
  }
  for (const row of nb.rows('Port_Group').values()) count(row, { port_group: text(row.name), logical_switch: '' })
  for (const row of nb.rows('Logical_Switch').values()) count(row, { port_group: '', logical_switch: text(row.name) })
}

/** ms since the epoch; 0 before it was ever set. */
const stamp = (row: Row, column: string): number | undefined => {
  const ms = number(row[column])
  return ms ? ms / 1000 : undefined
}

function cfgSamples({ add }: Samples, nb: Replica): void {
  for (const row of nb.rows('NB_Global').values()) {
    const asked = stamp(row, 'nb_cfg_timestamp')
    for (const cfg of ['nb_cfg', 'sb_cfg', 'hv_cfg'] as const) {
      add(`ovn_${cfg}`, number(row[cfg]))
      add(`ovn_${cfg}_timestamp_seconds`, stamp(row, `${cfg}_timestamp`))
    }
    const since = (cfg: 'sb_cfg' | 'hv_cfg') => {
      const done = stamp(row, `${cfg}_timestamp`)
      const caughtUp = row[cfg] === row.nb_cfg && done !== undefined && asked !== undefined && done >= asked
      return caughtUp ? done - asked : undefined
    }
    add('ovn_change_to_southbound_seconds', since('sb_cfg'))
    add('ovn_change_to_flows_seconds', since('hv_cfg'))
  }
}
