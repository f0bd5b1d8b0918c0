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

/**
 * Several bgpd share a chassis: one per VPC, since the VPCs' default routes differ and this kernel
 * need not have VRFs. They share zebra and bfdd. Each logs to a file of its own.
 */
export function startFrr(timers: Timers, bgpds: readonly Bgpd[]): string {
  const bin = '/usr/lib/frr'
  const dir = (instance: string) => (instance ? `/run/frr/${instance}` : '/run/frr')
  const log = (name: string) => `--log file:/var/log/frr/${name}.log --log-level informational`
  const name = ({ instance }: Bgpd) => (instance ? `bgpd-${instance}` : 'bgpd')
  return [
    'rm -rf /run/frr/*; install -d -o frr -g frr /run/frr /var/log/frr',
    ...bgpds.filter(({ instance }) => instance).map((bgpd) => `install -d -o frr -g frr ${dir(bgpd.instance)}`),
    writeFile('/etc/frr/bfdd.conf', bfdConfig(timers)),
    ...bgpds.map((bgpd) => writeFile(`/etc/frr/${name(bgpd)}.conf`, bgpd.config)),
    ': >/etc/frr/zebra.conf; chown frr:frr /etc/frr/*.conf',
    `${bin}/mgmtd -d ${log('mgmtd')} && ${bin}/zebra -d -f /etc/frr/zebra.conf ${log('zebra')} && ${bin}/bfdd -d -f /etc/frr/bfdd.conf ${log('bfdd')} || exit_code=1`,
    ...bgpds.map(
      (bgpd) =>
        `${bin}/bgpd -d -f /etc/frr/${name(bgpd)}.conf ${bgpd.listen ? `-l ${bgpd.listen} ` : ''}-i ${dir(bgpd.instance)}/bgpd.pid --vty_socket ${dir(bgpd.instance)} ${log(name(bgpd))} || exit_code=1`,
    ),
    '[ -z "$exit_code" ]',
  ].join('\n')
}

/** Command that asks one daemon of a node and prints what it answers. */
export const vtysh = (daemon: 'bgpd' | 'bfdd' | 'zebra', command: string, instance = '') =>
  `vtysh --vty_socket ${instance ? `/run/frr/${instance}` : '/run/frr'} -d ${daemon} -c ${JSON.stringify(command)}`
