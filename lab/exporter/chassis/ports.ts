// The ports of this chassis' switch, and what OVN calls them.

import { NOBODY, type Owner } from '../owner.ts'
import type { Replica } from '../replica.ts'
import { many, map, number, type Row, text } from '../rows.ts'

/** What OVN knows of a port that this chassis has claimed. */
export type Binding = { readonly logicalSwitch: string; readonly owner: Owner }

/** By logical port. */
export type Bindings = ReadonlyMap<string, Binding>

export type Port = {
  readonly uuid: string
  readonly row: Row
  readonly ofport: number | undefined
  readonly bridge: string
  /** What names it on every series. */
  readonly labels: Readonly<Record<string, string>>
  /** Of tunnels: the chassis at the far end. */
  readonly remoteChassis: string
}

export function bindings(southbound: Replica, ownerOf: (row: Row) => Owner): Bindings {
  const datapaths = southbound.rows('Datapath_Binding')
  return new Map(
    [...southbound.rows('Port_Binding').values()].map((row) => [
      text(row.logical_port),
      {
        logicalSwitch: text(map(datapaths.get(text(row.datapath))?.external_ids).name),
        owner: ownerOf(row),
      },
    ]),
  )
}

/** An empty label is none (Prometheus's data model), and most ports of a large host have several. */
const said = (labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''))

/** 'chassis-2' of ovn-chassis-id 'chassis-2@172.20.0.12%172.20.0.11'. */
const farEnd = (id: string | undefined): string => (id ?? '').split('@')[0] ?? ''

export function ports(switchRows: Replica, chassis: string, bound: Bindings): Port[] {
  const [portRows, interfaces] = [switchRows.rows('Port'), switchRows.rows('Interface')]
  return [...switchRows.rows('Bridge').values()].flatMap((bridge) =>
    many(bridge.ports).flatMap((id) => {
      const port = portRows.get(id)
      return many(port?.interfaces).flatMap((uuid): Port[] => {
        const row = interfaces.get(uuid)
        if (!row) return []
        const logicalPort = text(map(row.external_ids)['iface-id'])
        const { logicalSwitch, owner } = bound.get(logicalPort) ?? { logicalSwitch: '', owner: NOBODY }
        const labels = said({
          name: text(row.name),
          bridge: text(bridge.name),
          type: text(row.type) || 'system',
          chassis,
          logical_port: logicalPort,
          logical_switch: logicalSwitch,
          ...owner,
        })
        const remoteChassis = farEnd(map(port?.external_ids)['ovn-chassis-id'])
        return [{ uuid, row, ofport: number(row.ofport), bridge: text(bridge.name), labels, remoteChassis }]
      })
    }),
  )
}
