/** Splits a stream of JSON objects that follow each other without a separator, as OVSDB sends them (RFC 7047 §4). */
export function jsonStream(onObject: (value: unknown) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = []
  let depth = 0
  let quoted = false
  let escaped = false
  return (chunk) => {
    let from = 0
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]
      if (escaped) escaped = false
      else if (quoted && byte === 0x5c) escaped = true
      else if (byte === 0x22) quoted = !quoted
      else if (quoted) continue
      else if (byte === 0x7b) depth++
      else if (byte === 0x7d && --depth === 0) {
        onObject(JSON.parse(Buffer.concat([...parts, chunk.subarray(from, i + 1)]).toString('utf8')))
        parts = []
        from = i + 1
      }
    }
    if (from < chunk.length) parts.push(Buffer.from(chunk.subarray(from)))
  }
}
