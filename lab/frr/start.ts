// Bash text that starts FRR's daemons directly: its own start script costs four seconds.

import type { Timers } from '../topology/types.ts'
import { bfdConfig } from './config.ts'

/** One bgpd: its configuration, and the address it listens on where it shares the namespace with another. */
export type Bgpd = {
  /** Folder of its sockets below /run/frr; '' for the only one of a node. */
  readonly instance: string
  readonly config: string
  readonly listen?: string
}

/** Writes a file from bash; the text may hold anything but its own end mark. */
export const writeFile = (path: string, text: string) => `cat >${path} <<'END_OF_FILE'\n${text}\nEND_OF_FILE`

const BIN = '/usr/lib/frr'
const dir = (instance: string) => (instance ? `/run/frr/${instance}` : '/run/frr')
const daemonOf = ({ instance }: Pick<Bgpd, 'instance'>) => (instance ? `bgpd-${instance}` : 'bgpd')
const logOf = (daemon: string) => `/var/log/frr/${daemon}.log`

/** A daemon's configuration file. Only a log that stands in it, not on the command line, gets microseconds. */
const config = (daemon: string, text: string) =>
  writeFile(`/etc/frr/${daemon}.conf`, `log file ${logOf(daemon)} informational\nlog timestamp precision 6\n${text}`)

/**
 * Bash text that follows the logs of these bgpd and of bfdd. The files are made first, because a
 * file that is there can be followed at once and one that appears later only by looking each second.
 */
export function followFrr(bgpds: readonly Pick<Bgpd, 'instance'>[]): string {
  const logs = [...bgpds.map(daemonOf), 'bfdd'].map(logOf).join(' ')
  return `install -d -o frr -g frr /var/log/frr; install -o frr -g frr -m 640 /dev/null ${logs.split(' ').join('; install -o frr -g frr -m 640 /dev/null ')}; tail -q -n +1 -F ${logs}`
}

/**
 * Several bgpd share a chassis: one per VPC, since the VPCs' default routes differ and this kernel
 * need not have VRFs. They share zebra and bfdd. Each logs to a file of its own.
 */
export function startFrr(timers: Timers, bgpds: readonly Bgpd[]): string {
  return [
    'rm -rf /run/frr/*; install -d -o frr -g frr /run/frr /var/log/frr',
    ...bgpds.filter(({ instance }) => instance).map(({ instance }) => `install -d -o frr -g frr ${dir(instance)}`),
    config('zebra', ''),
    config('bfdd', bfdConfig(timers)),
    ...bgpds.map((bgpd) => config(daemonOf(bgpd), bgpd.config)),
    'chown frr:frr /etc/frr/*.conf',
    `${BIN}/mgmtd -d --log file:${logOf('mgmtd')} --log-level informational || exit_code=1`,
    ...['zebra', 'bfdd'].map((daemon) => `${BIN}/${daemon} -d -f /etc/frr/${daemon}.conf || exit_code=1`),
    ...bgpds.map((bgpd) => {
      const listen = bgpd.listen ? `-l ${bgpd.listen} ` : ''
      const own = `-i ${dir(bgpd.instance)}/bgpd.pid --vty_socket ${dir(bgpd.instance)}`
      return `${BIN}/bgpd -d -f /etc/frr/${daemonOf(bgpd)}.conf ${listen}${own} || exit_code=1`
    }),
    // BFD sends each 100 ms, and must not wait behind a route computation.
    'renice -n -15 $(pidof bfdd) >/dev/null || exit_code=1',
    '[ -z "$exit_code" ]',
  ].join('\n')
}

/**
 * Command that asks one daemon of a node and prints what it answers. It gives way to the daemons: BFD
 * sessions time out when all nodes are asked at once.
 */
export const vtysh = (daemon: 'bgpd' | 'bfdd' | 'zebra', command: string, instance = '') =>
  `nice -n 19 vtysh --vty_socket ${instance ? `/run/frr/${instance}` : '/run/frr'} -d ${daemon} -c ${JSON.stringify(command)}`
