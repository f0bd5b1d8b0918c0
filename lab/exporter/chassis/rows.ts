// Which rows the exporter of a chassis follows.

import type { Wanted } from '../replica.ts'
import { text } from '../rows.ts'

export const SWITCH_ROWS: Wanted = {
  database: 'Open_vSwitch',
  tables: {
    Open_vSwitch: ['external_ids', 'ovs_version', 'db_version', 'system_type', 'system_version'],
    Bridge: ['name', 'ports', 'datapath_type', 'datapath_id', 'fail_mode', 'external_ids'],
    Port: ['name', 'interfaces', 'external_ids'],
    Interface: [
      'name',
      'type',
      'ofport',
      'ifindex',
      'external_ids',
      'options',
      'admin_state',
      'link_state',
      'link_resets',
      'link_speed',
      'duplex',
      'mtu',
      'mac_in_use',
      'ingress_policing_rate',
      'ingress_policing_burst',
      'bfd_status',
    ],
  },
}

/** Of the SB the bindings that this chassis has claimed; a large one has many more, which are nothing to it. */
export const ovnRows = (chassis: () => string): Wanted => ({
  database: 'OVN_Southbound',
  tables: {
    Chassis: ['name'],
    Port_Binding: ['logical_port', 'datapath', 'external_ids', 'chassis'],
    Datapath_Binding: ['external_ids'],
  },
  where: (rows) => {
    const own = [...rows('Chassis')].find(([, row]) => text(row.name) === chassis())
    return { Port_Binding: own ? [['chassis', '==', ['uuid', own[0]]]] : [false] }
  },
})
