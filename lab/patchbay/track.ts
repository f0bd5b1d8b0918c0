// One direction of a flow as it is being watched: a slot per probe, in arrays that grow. At 250
// probes each second and direction an object per probe would be what the runner spends its time on.

/** The slots of one direction, in sending order. Times are ns since the history's epoch, NaN while unseen. */
export type Track = {
  /** Forwarding Delay Threshold (RFC 6412 §3.7.6), ns: a probe that takes longer is lost. */
  readonly thresholdNs: number
  /** Slots in use. */
  size: number
  /** The number of slot 0. Later slots carry on from it, also where the sender began anew. */
  first: number
  /** Where each start of the sender begins: its first number, and the slot of that. */
  readonly runs: { readonly first: number; readonly slot: number }[]
  /** The last slot that entered the wire; -1 before. */
  newest: number
  /** The last slot that passed; -1 before. */
  newestPassed: number
  sentUs: Float64Array
  inNs: Float64Array
  outNs: Float64Array
  /** When it was last met between the two. */
  seenNs: Float64Array
  /** How far it came: ON_THE_WAY, AT_RECEIVER; 0: it was met at its sender's link only. */
  reached: Uint8Array
  /** Index of the source address at the receiver, 1-based. */
  source: Uint16Array
  /** Index of the last node that handed it on, 1-based; 0: none was seen. */
  via: Uint16Array
  /** Index of the hop on which it was last met between the two, 1-based; 0: on none. */
  hop: Uint16Array
  /** Arrivals of probes that had already arrived, ns. */
  readonly duplicateNs: number[]
}

/** Met on a link that is neither end's. */
export const ON_THE_WAY = 1
/** Met where it enters its receiver's link. */
export const AT_RECEIVER = 2

/** A number that leaps further than this is no hole in a stream. */
const LONGEST_HOLE = 1e6

const unseen = (size: number) => new Float64Array(size).fill(Number.NaN)

export const newTrack = (thresholdNs: number, room = 1024): Track => ({
  thresholdNs,
  size: 0,
  first: 0,
  runs: [],
  newest: -1,
  newestPassed: -1,
  sentUs: unseen(room),
  inNs: unseen(room),
  outNs: unseen(room),
  seenNs: unseen(room),
  reached: new Uint8Array(room),
  source: new Uint16Array(room),
  via: new Uint16Array(room),
  hop: new Uint16Array(room),
  duplicateNs: [],
})

function makeRoom(track: Track, slots: number): void {
  if (slots <= track.inNs.length) return
  const room = Math.max(slots, 2 * track.inNs.length)
  for (const list of ['sentUs', 'inNs', 'outNs', 'seenNs'] as const) {
    const grown = unseen(room)
    grown.set(track[list])
    track[list] = grown
  }
  for (const list of ['source', 'via', 'hop'] as const) {
    const grown = new Uint16Array(room)
    grown.set(track[list])
    track[list] = grown
  }
  const reached = new Uint8Array(room)
  reached.set(track.reached)
  track.reached = reached
}

/** The slot for a number that enters the wire now; -1 where it can be none. */
function slotFor(track: Track, number: number, sentUs: number): number {
  const run = track.runs.at(-1)
  const slot = run ? run.slot + number - run.first : 0
  const began = !run || (slot <= track.newest && sentUs > (track.sentUs[track.newest] ?? 0))
  if (!began) return run && slot >= run.slot && slot - track.newest <= LONGEST_HOLE ? slot : -1
  if (!run) track.first = number
  track.runs.push({ first: number, slot: track.size })
  return track.size
}

/** A probe entered the wire at its sender. Seen once more it is a loop, and changes nothing. */
export function entered(track: Track, number: number, sentUs: number, atNs: number): void {
  const slot = slotFor(track, number, sentUs)
  if (slot < 0 || track.sentUs[slot] === sentUs) return
  makeRoom(track, slot + 1)
  track.size = Math.max(track.size, slot + 1)
  track.newest = Math.max(track.newest, slot)
  track.sentUs[slot] = sentUs
  track.inNs[slot] = atNs
}

/** It entered the wire, and left it in time. */
export const passed = (track: Track, slot: number): boolean =>
  (track.outNs[slot] ?? Number.NaN) - (track.inNs[slot] ?? 0) <= track.thresholdNs

/** It entered the wire: a slot that did not is a hole in the sender's numbers. */
export const sent = (track: Track, slot: number): boolean => !Number.isNaN(track.inNs[slot] ?? Number.NaN)

/** The slot of a probe met on its way; -1 if no such probe has entered the wire. */
export function find(track: Track, number: number, sentUs: number): number {
  for (let i = track.runs.length - 1; i >= 0; i--) {
    const { first = 0, slot = 0 } = track.runs[i] ?? {}
    if (number >= first && track.sentUs[slot + number - first] === sentUs) return slot + number - first
  }
  return -1
}

export type Meeting = { readonly atNs: number; readonly reached: number; readonly hop: number }

/** A probe was met on its way. */
export function met(track: Track, slot: number, { atNs, reached, hop }: Meeting): void {
  track.seenNs[slot] = atNs
  track.hop[slot] = hop
  if (reached > (track.reached[slot] ?? 0)) track.reached[slot] = reached
}

/** A probe left the wire at its receiver, from the source address of this index. */
export function arrived(track: Track, slot: number, atNs: number, source: number): void {
  if (!Number.isNaN(track.outNs[slot])) {
    track.duplicateNs.push(atNs)
    return
  }
  track.outNs[slot] = atNs
  track.source[slot] = source
  if (passed(track, slot)) track.newestPassed = Math.max(track.newestPassed, slot)
}
