// What conversations looked like lately, on every link: kept in a ring, so that a failed run has a
// capture of the failing path without being run again. Probes have a capture of their own; the bulk
// of a transfer is left out, so that load does not make the ring costly or short.

import type { Console } from '../engine/console.ts'

const EDGES = 'tcp[tcpflags] & (tcp-syn|tcp-fin|tcp-rst) != 0 or tcp port 179 or arp or icmp'
const DATAGRAMS = 'udp and not port 6081 and not port 3784 and not udp[8:4] = 0x6f766e67'
/** Two files of 8 MB each, in turn. */
const RING = 'tcpdump -Z root -i any -n -U -s 160 --time-stamp-precision=nano -C 8 -W 2 -w /run/ring.pcap'

/** Bash text that starts the ring in the patchbay. */
export const startRing = `${RING} '${EDGES} or (${DATAGRAMS})' >/dev/null 2>&1 </dev/null & echo $! >/run/ring.pid`

/** Bash text that forgets what the ring has, and starts it anew. By its number and its name: the patchbay sees the host's processes. */
export const restartRing = `old=$(cat /run/ring.pid) && [ "$(cat /proc/$old/comm 2>/dev/null)" = tcpdump ] && kill $old
rm -f /run/ring.pcap*; ${startRing}`

/**
 * The kernel hands packets over in blocks, up to a second late. A file written after we asked holds
 * all that came before; BGP's keepalives see to it that one is written soon.
 */
const CAUGHT_UP = `touch /run/asked
for i in $(seq 60); do [ -n "$(find /run -maxdepth 1 -name 'ring.pcap*' -newer /run/asked)" ] && break; sleep 0.05; done`

/** The ring's files, oldest packets in either. */
export async function readRing(patchbay: Pick<Console, 'run'>): Promise<Buffer[]> {
  const { out } = await patchbay.run(`${CAUGHT_UP}\nfor f in /run/ring.pcap*; do base64 -w0 $f; echo; done`, {
    within: '20s',
  })
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Buffer.from(line, 'base64'))
}
