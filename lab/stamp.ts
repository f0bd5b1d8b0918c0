// Daemons stamp their own lines, microseconds in UTC; that is when it happened, not when we read it.

const KERNEL = /^\[(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{6})\] ?/
const FRR = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{6}) /

/** A line without its stamp, and the stamp as Unix time in ns; none where the line has none. */
export function unstamp(line: string): { readonly text: string; readonly unixNs?: bigint } {
  const found = KERNEL.exec(line) ?? FRR.exec(line)
  if (!found) return { text: line }
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, micros = 0] = found.slice(1).map(Number)
  const seconds = Date.UTC(year, month - 1, day, hour, minute, second) / 1000
  return { text: line.slice(found[0].length), unixNs: BigInt(seconds) * 1_000_000_000n + BigInt(micros) * 1000n }
}
