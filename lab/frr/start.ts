// Bash text that starts FRR's daemons directly: its own start script costs four seconds.

import { type Daemon, startAll, stop } from '../nodes/daemon.ts'
import type { Timers } from '../topology/types.ts'
import { bfdConfig } from './config.ts'

/** One bgpd: its configuration, and the address it listens on where it shares the namespace with another. */
export type Bgpd = {
  /** Folder of its sockets below /run/frr; '' for the only one of a node. */
  readonly instance: string
  readonly config: string
  readonly listen?: string
  /**
   * Its number at zebra, where it shares that with another: without one, zebra takes all bgpd for the same, and when
   * one dies the routes of all go. It has a price, or a gift: bgpd puts no number on its routes, so that zebra
   * does not find them when their bgpd dies. They stay in the kernel, unwatched, until that is back and tells better, or zebra
   * is started anew (FRR 10.3; bgp_main.c -I, zserv.c zserv_client_free, bgp_zebra.c).
   */
  readonly client?: number
}

/** What a node's FRR has beside its bgpds. */
export type Beside = {
  /** ospfd's configuration, where it runs. */
  readonly ospf?: string
  /** zebra's: what it lets the others install. */
  readonly zebra?: string
  /** Address of a router on eth0 that watches this node by BFD, and speaks no BGP: OVN's. */
  readonly watchedBy?: string
}

/** Writes a file from bash; the text may hold anything but its own end mark. */
export const writeFile = (path: string, text: string) => `cat >${path} <<'END_OF_FILE'\n${text}\nEND_OF_FILE`

const BIN = '/usr/lib/frr'
const dir = (instance: string) => (instance ? `/run/frr/${instance}` : '/run/frr')
const daemonOf = ({ instance }: Pick<Bgpd, 'instance'>) => (instance ? `bgpd-${instance}` : 'bgpd')
const logOf = (daemon: string) => `/var/log/frr/${daemon}.log`

/** Of what a daemon tells when it is debugged, lines with one of these words: what it noticed, heard, chose and sent. */
const DECISIONS = ['state-change:', 'rcvd', 'UPDATE', 'selection,']

/**
 * A daemon's configuration file. Only a log that stands in it, not on the command line, gets microseconds.
 * A filtered log has all lines but those of debugging, and of those the ones that are asked for.
 */
const config = (daemon: string, text: string) =>
  writeFile(
    `/etc/frr/${daemon}.conf`,
    `log filtered-file ${logOf(daemon)} debugging
${DECISIONS.map((word) => `log filter-text ${word}`).join('\n')}
log timestamp precision 6
${text}`,
  )

/**
 * Bash text that follows the logs of these bgpd, of ospfd where it runs, and of bfdd. The files are made first, because a
 * file that is there can be followed at once and one that appears later only by looking each second.
 */
export function followFrr(bgpds: readonly Pick<Bgpd, 'instance'>[], { ospf }: Beside = {}): string {
  const logs = [...bgpds.map(daemonOf), ...(ospf ? ['ospfd'] : []), 'bfdd'].map(logOf).join(' ')
  return `install -d -o frr -g frr /var/log/frr; install -o frr -g frr -m 640 /dev/null ${logs.split(' ').join('; install -o frr -g frr -m 640 /dev/null ')}; tail -q -n +1 -F ${logs}`
}

/**
 * Command that asks one daemon of a node and prints what it answers. It gives way to the daemons: BFD
 * sessions time out when all nodes are asked at once.
 */
export const vtysh = (daemon: 'bgpd' | 'ospfd' | 'bfdd' | 'zebra' | 'mgmtd', command: string, instance = '') =>
  `nice -n 19 vtysh --vty_socket ${instance ? `/run/frr/${instance}` : '/run/frr'} -d ${daemon} -c ${JSON.stringify(command)}`

/** mgmtd keeps the configuration of the others. */
const MGMTD: Daemon = {
  role: 'mgmtd',
  pidFile: '/run/frr/mgmtd.pid',
  start: `${BIN}/mgmtd -d --log file:${logOf('mgmtd')} --log-level informational`,
  serves: vtysh('mgmtd', 'show version'),
}

const plainDaemon = (role: 'zebra' | 'bfdd' | 'ospfd', after = ''): Daemon => ({
  role,
  pidFile: `/run/frr/${role}.pid`,
  start: `${BIN}/${role} -d -f /etc/frr/${role}.conf${after}`,
  serves: vtysh(role, 'show version'),
})

/**
 * Where bgpd runs beside it, ospfd waits until that has heard its peers, or 10 s long, as bgpd itself would: what it
 * announces draws packets from one side, and there must be a route to the other.
 */
function ospfDaemon(waits: boolean): Daemon {
  const ospfd = plainDaemon('ospfd')
  const heard = `${vtysh('bgpd', 'show bgp ipv4 unicast summary json')} | grep -q '"failedPeers":0'`
  return waits ? { ...ospfd, start: `for i in {1..100}; do ${heard} && break; sleep 0.1; done; ${ospfd.start}` } : ospfd
}

function bgpDaemon(bgpd: Omit<Bgpd, 'config'>): Daemon {
  const { instance, listen, client } = bgpd
  const own = `-i ${dir(instance)}/bgpd.pid --vty_socket ${dir(instance)}`
  return {
    role: daemonOf(bgpd),
    pidFile: `${dir(instance)}/bgpd.pid`,
    start: `${BIN}/bgpd -d -f /etc/frr/${daemonOf(bgpd)}.conf ${listen ? `-l ${listen} ` : ''}${client ? `-I ${client} ` : ''}${own}`,
    serves: vtysh('bgpd', 'show version', instance),
  }
}

/** The daemons of a node's FRR, in the order they start. */
export function frrDaemons(bgpds: readonly Omit<Bgpd, 'config'>[], { ospf }: Beside = {}): Daemon[] {
  const zebra = plainDaemon('zebra')
  const others = [
    // BFD sends each 100 ms, and must not wait behind a route computation.
    plainDaemon('bfdd', ' && renice -n -15 $(cat /run/frr/bfdd.pid) >/dev/null'),
    ...bgpds.map(bgpDaemon),
    ...(ospf ? [ospfDaemon(bgpds.length > 0)] : []),
  ]
  // bgpd does not tell a new zebra the routes that it told the old one: its sessions stay up, and the
  // kernel stays empty. So FRR's own watchdog restarts all when zebra dies (watchfrr(8)).
  const revive = `${zebra.start} && { ${others.map(stop).join('; ')}; ${others.map(({ start }) => start).join(' && ')}; }`
  return [MGMTD, { ...zebra, revive }, ...others]
}

/**
 * Several bgpd share a chassis: one per VPC, since the VPCs' default routes differ and this kernel
 * need not have VRFs. They share zebra and bfdd. Each logs to a file of its own.
 */
export function startFrr(timers: Timers, bgpds: readonly Bgpd[], beside: Beside = {}): string {
  return [
    'rm -rf /run/frr/*; install -d -o frr -g frr /run/frr /var/log/frr',
    ...bgpds.filter(({ instance }) => instance).map(({ instance }) => `install -d -o frr -g frr ${dir(instance)}`),
    config('zebra', beside.zebra ?? ''),
    config('bfdd', bfdConfig(timers, beside.watchedBy)),
    ...(beside.ospf ? [config('ospfd', beside.ospf)] : []),
    ...bgpds.map((bgpd) => config(daemonOf(bgpd), bgpd.config)),
    'chown frr:frr /etc/frr/*.conf',
    startAll(frrDaemons(bgpds, beside)),
    '[ -z "$exit_code" ]',
  ].join('\n')
}
