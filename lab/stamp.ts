// Daemons stamp their own lines, in UTC, to the microsecond or the millisecond; that is when it happened,
// not when we read it. A stamp of milliseconds is cut off, not rounded.

const KERNEL = /^\[(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{6})\] ?/
const FRR = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{6}) /
/** OVS and OVN (ovs-appctl(8), vlog): time, then a number that counts lines. */
const VLOG = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{3})Z\|\d+\|/
/** ovs-ofctl(8) --timestamp, and ovsdb-client(1) --timestamp within its JSON. */
const CLIENT = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{3})(?:: |$)/
/** tcpdump(8) -tt: Unix seconds. */
const UNIX = /^(\d{10})\.(\d{6}) /

/** A line without its stamp, and the stamp as Unix time in ns; none where the line has none. */
export function unstamp(line: string): { readonly text: string; readonly unixNs?: bigint } {
  const unix = UNIX.exec(line)
  if (unix) return { text: line.slice(unix[0].length), unixNs: ns(Number(unix[1]), unix[2] ?? '') }
  const found = KERNEL.exec(line) ?? FRR.exec(line) ?? VLOG.exec(line) ?? CLIENT.exec(line)
  if (!found) return { text: line }
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number)
  const seconds = Date.UTC(year, month - 1, day, hour, minute, second) / 1000
  return { text: line.slice(found[0].length), unixNs: ns(seconds, found[7] ?? '') }
}

const ns = (seconds: number, fraction: string): bigint =>
  BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'))
