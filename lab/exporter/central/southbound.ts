import { NOBODY, type Owner } from '../owner.ts'
import type { Replica } from '../replica.ts'
import { many, map, number, type Row, text } from '../rows.ts'
import type { Samples } from '../samples.ts'
import type { Claims } from './claims.ts'
import type { OwnerOf } from './northbound.ts'

type Datapath = { readonly name: string; readonly isRouter: boolean; readonly owner: Owner; readonly row: Row }

/** Switches and routers as the SB has them; whose they are only the NB says. */
function datapathsOf(nb: Replica, sb: Replica, owner: OwnerOf): ReadonlyMap<string, Datapath> {
  const [switches, routers] = [nb.rows('Logical_Switch'), nb.rows('Logical_Router')]
  return new Map(
    [...sb.rows('Datapath_Binding')].map(([uuid, row]) => {
      const ids = map(row.external_ids)
      const router = ids['logical-router']
      const asked = router ? routers.get(router) : switches.get(ids['logical-switch'] ?? '')
      return [uuid, { name: text(ids.name), isRouter: router !== undefined, owner: owner(asked), row }]
    }),
  )
}

export function southboundSamples(samples: Samples, nb: Replica, sb: Replica, owner: OwnerOf, claims: Claims): void {
  const datapaths = datapathsOf(nb, sb, owner)
  chassisSamples(samples, sb)
  for (const { name, isRouter, owner: of, row } of datapaths.values()) {
    const kind = isRouter ? 'logical_router' : 'logical_switch'
    samples.add(`ovn_${kind}_tunnel_key`, number(row.tunnel_key), { [kind]: name, ...of })
  }
  portSamples(samples, nb, sb, owner, datapaths, claims)
  routeSamples(samples, sb, datapaths)
}

const chassisName = (sb: Replica, row: Row | undefined) => text(sb.rows('Chassis').get(text(row?.chassis))?.name)

function chassisSamples({ add }: Samples, sb: Replica): void {
  const claimed = new Map<string, number>()
  for (const row of sb.rows('Port_Binding').values())
    if (row.chassis) claimed.set(text(row.chassis), (claimed.get(text(row.chassis)) ?? 0) + 1)
  for (const [uuid, row] of sb.rows('Chassis')) {
    const name = text(row.name)
    const [encap] = many(row.encaps)
    const ip = text(sb.rows('Encap').get(encap ?? '')?.ip)
    add('ovn_chassis_info', 1, { uuid, name, ip, chassis: name, hostname: text(row.hostname) })
    add('ovn_chassis_port_bindings', claimed.get(uuid) ?? 0, { chassis: name })
  }
  for (const row of sb.rows('Chassis_Private').values()) {
    const of = { chassis: text(row.name) }
    add('ovn_chassis_nb_cfg', number(row.nb_cfg), of)
    const stampMs = number(row.nb_cfg_timestamp)
    add('ovn_chassis_nb_cfg_timestamp_seconds', stampMs ? stampMs / 1000 : undefined, of)
  }
}

/** Of these nobody claims any: they are everywhere, or stand for something outside. */
const UNCLAIMED = new Set(['patch', 'localnet', 'localport', 'remote'])

function portSamples(
  { add }: Samples,
  nb: Replica,
  sb: Replica,
  owner: OwnerOf,
  datapaths: ReadonlyMap<string, Datapath>,
  claims: Claims,
): void {
  const bound = new Map<string, readonly [uuid: string, row: Row]>()
  for (const [uuid, row] of sb.rows('Port_Binding')) {
    const port = text(row.logical_port)
    bound.set(port, [uuid, row])
    if (UNCLAIMED.has(text(row.type))) continue
    const datapath = datapaths.get(text(row.datapath))
    const own = owner(row)
    const of = {
      type: text(row.type) || 'vif',
      logical_port: port,
      logical_switch: datapath?.isRouter ? '' : (datapath?.name ?? ''),
      ...(own.tenant || own.vpc ? own : (datapath?.owner ?? NOBODY)),
    }
    const { count, at } = claims.of(uuid)
    add('ovn_port_binding_claimed', row.chassis ? 1 : 0, { ...of, chassis: chassisName(sb, row) })
    add('ovn_port_binding_claims_total', count, of)
    add('ovn_port_binding_claimed_timestamp_seconds', at, of)
  }
  const ports = nb.rows('Logical_Switch_Port')
  for (const [switchUuid, logicalSwitch] of nb.rows('Logical_Switch'))
    for (const uuid of many(logicalSwitch.ports)) {
      const row = ports.get(uuid)
      if (!row) continue
      const name = text(row.name)
      const [bindingUuid = '', binding] = bound.get(name) ?? []
      const of = { logical_port: name, logical_switch: text(logicalSwitch.name), ...owner(row) }
      const [mac = '', ip = ''] = (many(row.addresses)[0] ?? '').split(' ')
      add('ovn_logical_switch_port_info', 1, {
        uuid,
        name,
        chassis: chassisName(sb, binding),
        datapath: text(binding?.datapath),
        port_binding: bindingUuid,
        mac_address: mac,
        ip_address: ip,
        type: text(row.type) || 'vif',
        ...of,
      })
      if (bindingUuid) add('ovn_logical_switch_port_binding', 1, { uuid: switchUuid, port: bindingUuid })
      add('ovn_logical_switch_port_tunnel_key', number(binding?.tunnel_key), of)
      add('ovn_logical_switch_port_up', row.up === true ? 1 : 0, of)
      add('ovn_logical_switch_port_enabled', row.enabled === false ? 0 : 1, of)
    }
}

const DEFAULTS = new Set(['0.0.0.0/0', '::/0'])

function routeSamples({ add }: Samples, sb: Replica, datapaths: ReadonlyMap<string, Datapath>): void {
  const portNames = sb.rows('Port_Binding')
  const counted = (table: string) => {
    const all = new Map<string, number>()
    for (const row of sb.rows(table).values()) all.set(text(row.datapath), (all.get(text(row.datapath)) ?? 0) + 1)
    return all
  }
  const [learned, advertised] = [counted('Learned_Route'), counted('Advertised_Route')]
  for (const [uuid, { name, isRouter, owner }] of datapaths) {
    if (!isRouter) continue
    const of = { logical_router: name, ...owner }
    add('ovn_logical_router_learned_routes', learned.get(uuid) ?? 0, of)
    add('ovn_logical_router_advertised_routes', advertised.get(uuid) ?? 0, of)
  }
  for (const row of sb.rows('Learned_Route').values()) {
    const router = datapaths.get(text(row.datapath))
    if (!router || !DEFAULTS.has(text(row.ip_prefix))) continue
    add('ovn_logical_router_default_route', 1, {
      logical_router: router.name,
      ...router.owner,
      nexthop: text(row.nexthop),
      logical_port: text(portNames.get(text(row.logical_port))?.logical_port),
    })
  }
}

/** Backends that are probed: whose they are says the load balancer that has them. */
export function backendSamples({ add }: Samples, nb: Replica, sb: Replica, owner: OwnerOf): void {
  const balancers = [...nb.rows('Load_Balancer').values()].map((row) => ({
    name: text(row.name),
    backends: new Set(Object.values(map(row.vips)).flatMap((each) => each.split(','))),
    owner: owner(row),
  }))
  for (const row of sb.rows('Service_Monitor').values()) {
    if (!row.status) continue
    const ip = text(row.ip)
    const backend = `${ip.includes(':') ? `[${ip}]` : ip}:${text(row.port)}`
    for (const { name, backends, owner: of } of balancers)
      if (backends.has(backend))
        add('ovn_load_balancer_backend_up', row.status === 'online' ? 1 : 0, {
          load_balancer: name,
          backend,
          protocol: text(row.protocol),
          logical_port: text(row.logical_port),
          chassis: text(row.chassis_name),
          tenant: of.tenant,
          vpc: of.vpc,
        })
  }
}
