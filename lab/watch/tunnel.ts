// What ovs-vswitchd tells ovn-controller of a tunnel: the state of its BFD session, in the chassis' own
// database. ovn-controller knows nothing of a tunnel before it stands there, whatever vswitchd logged.

import { unstamp } from '../stamp.ts'

/** The BFD session of a tunnel, as the database of a chassis has it, which tells. */
export type TunnelEvent = {
  readonly kind: 'tunnel'
  /** Its interface, 'ovn-chassi-0', as vswitchd's log calls it. */
  readonly device: string
  /** Geneve endpoint at the far end, '172.20.0.12'. */
  readonly remote: string
  readonly state: string
}

/** Bash text that watches the tunnels' rows, through restarts of ovsdb-server. */
export const TUNNEL_WATCH =
  'while :; do ovsdb-client --timestamp -f json monitor unix:/run/openvswitch/db.sock Open_vSwitch Interface name,bfd_status,options; sleep 0.1; done'

type Cell = string | null | readonly [string, unknown]
type Update = {
  readonly data: readonly (readonly Cell[])[]
  readonly headings: readonly string[]
  readonly time?: string
}

const entry = (cell: Cell | undefined, key: string): string | undefined => {
  const [type, pairs] = Array.isArray(cell) ? cell : []
  if (type !== 'map') return undefined
  return (pairs as readonly [string, string][]).find(([name]) => name === key)?.[1]
}

/** The tunnels with a BFD session that one line of that watch tells of, and when, Unix ns. Nothing for other lines. */
export function tunnelsIn(line: string): { rows: readonly Omit<TunnelEvent, 'kind'>[]; unixNs?: bigint } {
  if (!line.startsWith('{"data"')) return { rows: [] }
  const { data, headings, time = '' } = JSON.parse(line) as Update
  const column = (row: readonly Cell[], name: string) => row[headings.indexOf(name)]
  const rows = data.flatMap((row) => {
    const [device, remote] = [column(row, 'name'), entry(column(row, 'options'), 'remote_ip')]
    const state = entry(column(row, 'bfd_status'), 'state')
    const is = column(row, 'action') !== 'old' && column(row, 'action') !== 'delete'
    return is && typeof device === 'string' && remote && state ? [{ device, remote, state }] : []
  })
  const { unixNs } = unstamp(time)
  return { rows, ...(unixNs !== undefined && { unixNs }) }
}
