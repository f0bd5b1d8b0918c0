// The logs of daemons, from where a run of the lab began: a lab may have served others before.

const LOGS = '/var/log/ovn/*.log /var/log/openvswitch/*.log /var/log/frr/*.log'

/** Where a node notes how long its logs were when the run began: lines 'BYTES FILE'. */
export const LOGS_BEGAN = '/run/gameday/logs'

/** Bash text that notes it now. */
export const noteLogs = (file: string): string =>
  `mkdir -p ${file.replace(/\/[^/]*$/, '')}; for f in ${LOGS}; do [ -f "$f" ] && stat -c '%s %n' "$f"; done >${file}; true`

/** Bash text that prints the last lines of each log, none from before the run. */
export const lastLines = (most: number): string =>
  `for f in ${LOGS}; do [ -f "$f" ] || continue; echo "== $f"
began=$(sed -n "s|^\\([0-9]*\\) $f\\$|\\1|p" ${LOGS_BEGAN} 2>/dev/null); tail -c +$((\${began:-0} + 1)) "$f" | tail -n ${most}; done; true`
