// What the servers of a cluster and northd log of who leads: elections, leaders, members that come and go,
// which northd is active, and their connections.

const SERVERS = ['nb', 'sb'].map((name) => `/var/log/ovn/ovsdb-server-${name}_db.log`)
/** northd logs where Open vSwitch's daemons do. */
const LOGS = [...SERVERS, '/var/log/openvswitch/ovn-northd.log'].join(' ')

/** Elections, leaders and members; which northd is active; who of these lost whom, or found whom again. */
const TOLD =
  'elect|is leader for term|leadership|(to|from) configuration|instance is now|not cluster leader|reconnect[|]'

/** Bash text that follows the logs; the files are made first, so that they can be followed at once. */
export const CLUSTER_WATCH = `mkdir -p /var/log/ovn /var/log/openvswitch; touch ${LOGS}; tail -q -n +1 -F ${LOGS} | grep --line-buffered -E '${TOLD}'`
