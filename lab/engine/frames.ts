/**
 * Reads what stamp.c wrote, in whatever chunks it comes: each frame's bytes, with the Unix time in ns at
 * which they came to the node. A reader further on may be late by any measure; that stamp is not. What is
 * no frame is the engine's own word, of a container that is dying: nothing that is worth reading comes with it.
 */
export function frames(onFrame: (bytes: Buffer, unixNs: bigint) => void): (chunk: Buffer) => void {
  let held: Buffer = Buffer.alloc(0)
  return (chunk) => {
    held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk
    for (;;) {
      const end = held.indexOf(0x0a)
      if (end < 0) return
      const [stamp = '', length = ''] = held.subarray(0, end).toString('latin1').split(' ')
      if (!/^\d+\.\d+$/.test(stamp)) {
        held = Buffer.alloc(0)
        return
      }
      const from = end + 1
      const to = from + Number(length)
      if (held.length < to) return
      onFrame(held.subarray(from, to), BigInt(stamp.replace('.', '')))
      held = held.subarray(to)
    }
  }
}
