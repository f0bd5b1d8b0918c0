// The daemons of a node, each on its own: so that one can be stopped, killed and started again as it
// was started at first, while the others go on.

/** Its texts are bash, run in the node. */
export type Daemon = {
  /** What it is to the node: 'ovn-controller', 'ovsdb-server-sb', 'bgpd-vpc-a'. */
  readonly role: string
  /** Holds its process number while it runs, '/run/ovn/ovn-controller.pid'. */
  readonly pidFile: string
  /** Starts it; done when it has detached, non-zero if it did not start. */
  readonly start: string
  /** Brings it back after a failure, where starting it alone leaves others of the node lost. */
  readonly revive?: string
  /** Tells it to end in the way that its package's service does, where that is more than SIGTERM. */
  readonly leave?: string
  /** Exits with 0 once it serves. */
  readonly serves: string
}

/** Bash text that starts all of them, in order, and sets exit_code where one does not start. */
export const startAll = (daemons: readonly Daemon[]): string =>
  daemons.map(({ start }) => `{ ${start}\n} || exit_code=1`).join('\n')

/** Bash text that ends a daemon and waits for its end. */
export const stop = (daemon: Pick<Daemon, 'pidFile'>): string =>
  `pid=$(${pidOf(daemon)}) && kill -TERM $pid && tail --pid=$pid -s 0.01 -f /dev/null`

/** Bash text that ends a daemon as its package's service does, and waits for its end. */
export const leave = (daemon: Daemon): string =>
  daemon.leave ? `pid=$(${pidOf(daemon)}) && ${daemon.leave} && tail --pid=$pid -s 0.01 -f /dev/null` : stop(daemon)

/** Bash text that prints the daemon's process number; fails where it does not run, or is a zombie. */
export const pidOf = ({ pidFile }: Pick<Daemon, 'pidFile'>): string =>
  `pid=$(cat ${pidFile} 2>/dev/null) && grep -q '^State:[[:space:]]*[^Z]' /proc/$pid/status 2>/dev/null && echo $pid`
