// ARP as it enters the links: who announces an address (gratuitous, RFC 5227), and who has to ask for one
// before its first packet can go.

import type { Link } from '../topology/links.ts'

/**
 * Bash text that watches all links at the patchbay, with the kernel's stamps; `patchOf` gives the patchbay's
 * device at an end. A packet is told once, where it enters: '… nat-gw-a-1:eth0 ARP, Request who-has …'.
 */
export function arpWatch(links: readonly Link[], patchOf: (link: Link, end: number) => string): string {
  const names = links.flatMap((link) =>
    link.ends.map(({ node, device }, end) => `s/ ${patchOf(link, end)}  *[A-Z][a-z]*  */ ${node}:${device} /`),
  )
  return `tcpdump -Z root -i any -Q in -n -l -tt --immediate-mode arp 2>/dev/null | sed -u '${names.join(';')}'`
}
