// More ports on one chassis: logical ports of OVN, each bound to an interface of br-int.

import type { Lab } from '../../lab/types.ts'
import { ready } from '../../lab/until.ts'

/** Rows of one transaction: what watches the database tells of each in one line, which the pipe takes whole up to 4096 bytes. */
const BATCH = 20

const name = (index: number) => `load-${index}`
const mac = (index: number) =>
  `02:00:00:fe:${[index >> 8, index & 255].map((n) => n.toString(16).padStart(2, '0')).join(':')}`

/** Adds ports to a logical switch and binds them on a chassis; done when OVN calls each of them up. */
export async function addPorts(
  lab: Lab,
  chassis: string,
  logicalSwitch: string,
  from: number,
  to: number,
): Promise<void> {
  for (let begin = from; begin < to; begin += BATCH) {
    const these = Array.from({ length: Math.min(BATCH, to - begin) }, (_, i) => begin + i)
    const rows = these.map(
      (each) =>
        `-- lsp-add ${logicalSwitch} ${name(each)} -- lsp-set-addresses ${name(each)} ${mac(each)} -- set logical_switch_port ${name(each)} external_ids:tenant=tenant-1 external_ids:vpc=vpc-a external_ids:tier=load`,
    )
    await lab.run(lab.topology.central.name, `ovn-nbctl ${rows.join(' ')}`, { within: '60s' })
    const interfaces = these.map(
      (each) =>
        `-- add-port br-int ${name(each)} -- set interface ${name(each)} type=internal external_ids:iface-id=${name(each)}`,
    )
    await lab.run(chassis, `ovs-vsctl ${interfaces.join(' ')}`, { within: '60s' })
  }
  const up = {
    name: `${to} ports of ${chassis} to be up`,
    look: async () => {
      const rows = lab.southbound.rows('Port_Binding').filter((row) => String(row.logical_port).startsWith('load-'))
      const count = rows.filter((row) => row.up === true).length
      return { holds: count === to, saw: `${count} are` }
    },
  }
  await ready(lab, up, { within: '120s', every: '200ms' })
}
