// A kernel's routes as they change, those of a large table counted in place of told: ten thousand lines at once
// would be what is measured.

import { KERNEL_WATCH } from '../nodes/plan.ts'
import { network } from '../topology/ipv4.ts'

/** Routes of a table are told each time that so many have come or gone. */
export const COUNTED_BY = 100

/** What the counting prints, after the kernel's stamp of the last route it counted: '198.18.0.0/15: 10000 prefixes'. */
export const COUNTED = /^([\d.]+\/\d+): (\d+) prefixes$/

const number = (address: string): number => address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)

/** Bash text that watches links and routes of a node; routes within `table` are counted, by the hundred. */
export function kernelWatch(table?: string): string {
  if (table === undefined) return KERNEL_WATCH
  const { cidr, prefix } = network(table)
  const size = 2 ** (32 - prefix)
  const base = number(cidr.split('/')[0] ?? '') / size
  return String.raw`${KERNEL_WATCH} | perl -ne '
BEGIN { $| = 1 }
if (/^(\[\S+\]) (Deleted )?(?:blackhole )?((\d+)\.(\d+)\.(\d+)\.(\d+)\S*) / && ((($4 * 256 + $5) * 256 + $6) * 256 + $7) >> ${32 - prefix} == ${base}) {
  my $before = keys %is; if ($2) { delete $is{$3} } else { $is{$3} = 1 }
  my $now = keys %is; print "$1 ${cidr}: $now prefixes\n" if $now != $before && $now % ${COUNTED_BY} == 0;
} else { print }'`
}
