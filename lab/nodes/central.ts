import type { Topology } from '../topology/types.ts'
import { DAEMON, fabricMac, type NodePlan, UNDERLAY_MTU } from './plan.ts'

const server = (name: string, schema: string, port: number) => `
ovsdb-tool create /var/lib/ovn/${name}.db /usr/share/ovn/${schema}.ovsschema
ovsdb-server /var/lib/ovn/${name}.db --remote=punix:/run/ovn/${name}.sock --remote=ptcp:${port} --unixctl=/run/ovn/${name}.ctl \
 --pidfile=/run/ovn/${name}.pid --log-file=/var/log/ovn/ovsdb-server-${name.slice(3)}.log --detach --no-chdir`

/** NB and SB databases and northd. */
export function central(topology: Topology): NodePlan {
  const { fabric, central } = topology
  return {
    capabilities: DAEMON,
    interfaces: [
      {
        device: 'eth0',
        mac: fabricMac(central.address),
        address: `${central.address}/${fabric.cidr.split('/')[1]}`,
        mtu: UNDERLAY_MTU,
      },
    ],
    routes: [],
    start: `set -e
mkdir -p /run/ovn /var/lib/ovn /var/log/ovn${server('ovnnb_db', 'ovn-nb', 6641)}${server('ovnsb_db', 'ovn-sb', 6642)}
ovn-nbctl --no-leader-only init
ovn-sbctl --no-leader-only init
ovn-northd --ovnnb-db=unix:/run/ovn/ovnnb_db.sock --ovnsb-db=unix:/run/ovn/ovnsb_db.sock --pidfile --log-file --detach --no-chdir
set +e`,
    watch: {},
  }
}
