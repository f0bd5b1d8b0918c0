// What ovs-vswitchd and ovn-controller log of their decisions.

const LOGS = ['ovs-vswitchd', 'ovn-controller'].map((daemon) => `/var/log/openvswitch/${daemon}.log`).join(' ')

/** A BFD session of a tunnel that comes or goes, a port claimed or released, the SB reached or lost. */
const TOLD = 'BFD state change|[|]binding[|]|[|]reconnect[|]'

/**
 * Bash text that follows both logs. The files are made first: one that is there can be followed at once, one
 * that appears later only by looking each second.
 */
export const OVS_WATCH = `mkdir -p /var/log/openvswitch; touch ${LOGS}; tail -q -n +1 -F ${LOGS} | grep --line-buffered -E '${TOLD}'`
