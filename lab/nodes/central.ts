import { centrals } from '../topology/nodes.ts'
import type { Central, Topology } from '../topology/types.ts'
import { CLUSTER_WATCH } from '../watch/cluster-log.ts'
import { type Daemon, startAll } from './daemon.ts'
import { DAEMON, fabricMac, type NodePlan, UNDERLAY_MTU } from './plan.ts'

export type Database = {
  /** The role of its server. */
  readonly role: string
  /** Of its file, socket and log: 'ovnnb_db'. */
  readonly name: string
  readonly schema: string
  /** What the schema calls the database: 'OVN_Northbound'. */
  readonly database: string
  /** Where clients are served, TCP. */
  readonly port: number
  /** Where members of its cluster meet, TCP. */
  readonly clusterPort: number
}

/** The ports are those that ovn-ctl(8) uses. */
export const DATABASES = {
  nb: {
    role: 'ovsdb-server-nb',
    name: 'ovnnb_db',
    schema: 'ovn-nb',
    database: 'OVN_Northbound',
    port: 6641,
    clusterPort: 6643,
  },
  sb: {
    role: 'ovsdb-server-sb',
    name: 'ovnsb_db',
    schema: 'ovn-sb',
    database: 'OVN_Southbound',
    port: 6642,
    clusterPort: 6644,
  },
} as const satisfies Record<string, Database>

const clustered = ({ central }: Topology) => central.peers !== undefined

/** Where clients find a database: at one server, or at whichever of the cluster's leads it or lives. */
export const remote = (topology: Topology, { port }: Pick<Database, 'port'>): string =>
  centrals(topology)
    .map(({ address }) => `tcp:${address}:${port}`)
    .join(',')

/** How ovs-appctl(8) reaches a database's server, in its node. */
export const control = ({ name }: Pick<Database, 'name'>): string => `/run/ovn/${name}.ctl`

/** Where a member of the cluster meets the others. */
export const meets = ({ address }: Central, { clusterPort }: Pick<Database, 'clusterPort'>): string =>
  `tcp:${address}:${clusterPort}`

const folder = ({ name }: Database) => `/var/lib/ovn/${name}`
const file = (database: Database) => `${folder(database)}/${database.name}.db`

const FOLDERS = Object.values(DATABASES).map(folder).join(' ')

/** Bash text that makes a member's files so that its servers will join the cluster which the others are. */
export function joinCluster(topology: Topology, member: Central): string {
  const others = centrals(topology).filter(({ name }) => name !== member.name)
  const joins = Object.values(DATABASES).map((database) => {
    const them = others.map((other) => meets(other, database)).join(' ')
    return `ovsdb-tool join-cluster ${file(database)} ${database.database} ${meets(member, database)} ${them}`
  })
  return [`mkdir -p ${FOLDERS}`, ...joins].join(' && ')
}

/** The first member makes the cluster, the others join it; a file that is there already is kept. */
function makeFiles(topology: Topology, member: Central): string {
  const unlessThere = (database: Database, make: string) => `[ -e ${file(database)} ] || ${make}`
  const all = Object.values(DATABASES)
  if (!clustered(topology))
    return all
      .map((database) =>
        unlessThere(database, `ovsdb-tool create ${file(database)} /usr/share/ovn/${database.schema}.ovsschema`),
      )
      .join('\n')
  if (member.name !== topology.central.name)
    return unlessThere(DATABASES.sb, `{ ${joinCluster(topology, member)}; } || exit_code=1`)
  const { electionMs = 1000 } = topology.timers.raft ?? {}
  return all
    .map((database) =>
      unlessThere(
        database,
        `ovsdb-tool --election-timer=${electionMs} create-cluster ${file(database)} /usr/share/ovn/${database.schema}.ovsschema ${meets(member, database)} || exit_code=1`,
      ),
    )
    .join('\n')
}

/** The database file stays when its server dies; a socket that it left behind does not. */
const server = (database: Database): Daemon => {
  const { role, name, port } = database
  return {
    role,
    pidFile: `/run/ovn/${name}.pid`,
    start: `rm -f /run/ovn/${name}.sock
ovsdb-server ${file(database)} --remote=punix:/run/ovn/${name}.sock --remote=ptcp:${port} --unixctl=${control(database)} \
 --pidfile=/run/ovn/${name}.pid --log-file=/var/log/ovn/ovsdb-server-${name.slice(3)}.log --detach --no-chdir`,
    // A member of a cluster serves once it hears the leader.
    serves: `ovsdb-client -t 2 wait unix:/run/ovn/${name}.sock ${database.database} connected`,
  }
}

/** Of several in a cluster one is active, by a lock in the SB; it must then hold with the leader, wherever that is. */
function northd(topology: Topology): Daemon {
  const at = (database: Database) =>
    clustered(topology) ? remote(topology, database) : `unix:/run/ovn/${database.name}.sock`
  return {
    role: 'ovn-northd',
    pidFile: '/run/ovn/ovn-northd.pid',
    start: `ovn-northd --ovnnb-db=${at(DATABASES.nb)} --ovnsb-db=${at(DATABASES.sb)} --pidfile --log-file --detach --no-chdir`,
    serves: `ovn-appctl -t ovn-northd status | grep -qx 'Status: ${clustered(topology) ? '\\(active\\|standby\\)' : 'active'}'`,
  }
}

/** Of a cluster the first member makes them, at its own server: among the others may be one that does not listen yet. */
const FIRST_ROWS = (
  [
    ['ovn-nbctl', DATABASES.nb],
    ['ovn-sbctl', DATABASES.sb],
  ] as const
)
  .map(([ctl, { name }]) => `${ctl} --db=unix:/run/ovn/${name}.sock init || exit_code=1`)
  .join('\n')

/** NB and SB databases and northd; `member` is one of the topology's. */
export function central(topology: Topology, member: Central): NodePlan {
  const servers = Object.values(DATABASES).map(server)
  const decides = northd(topology)
  const wait = servers.map(({ serves }) => `{ ${serves.replace('-t 2', '-t 20')}; } || exit_code=1`).join('\n')
  return {
    capabilities: DAEMON,
    // NB and SB of a large lab take some MB, and a cluster's logs several times that before they are compacted.
    disks: { nb: { folder: folder(DATABASES.nb), size: '32m' }, sb: { folder: folder(DATABASES.sb), size: '32m' } },
    interfaces: [
      {
        device: 'eth0',
        mac: fabricMac(member.address),
        address: `${member.address}/${topology.fabric.cidr.split('/')[1]}`,
        mtu: UNDERLAY_MTU,
      },
    ],
    routes: [],
    // ovn-nbctl and ovn-sbctl then find the leader wherever they are run; without it, the server beside them.
    ...(clustered(topology) && {
      env: { OVN_NB_DB: remote(topology, DATABASES.nb), OVN_SB_DB: remote(topology, DATABASES.sb) },
    }),
    daemons: [...servers, decides],
    start: `mkdir -p /run/ovn ${FOLDERS} /var/log/ovn
${makeFiles(topology, member)}
${startAll(servers)}
${wait}
${member.name === topology.central.name ? FIRST_ROWS : ''}
${startAll([decides])}
[ -z "$exit_code" ]`,
    watch: clustered(topology) ? { raft: CLUSTER_WATCH } : {},
  }
}
