// A bridge's ports counted by Open vSwitch itself, now: OpenFlow 1.3 on the bridge's own socket, as
// ovs-ofctl(8) does it. The database has these counters only every 5 s (ovs-vswitchd.conf.db(5)).

import { connect as connectSocket } from 'node:net'

const VERSION = 4
const [HELLO, ERROR, ECHO_REQUEST, ECHO_REPLY, MULTIPART_REQUEST, MULTIPART_REPLY] = [0, 1, 2, 3, 18, 19]
/** Multipart types: OFPMP_AGGREGATE, OFPMP_PORT_STATS (OpenFlow 1.3 §7.3.5). */
const [AGGREGATE, PORT_STATS] = [2, 4]
const ANY = 0xffffffff

/** The local port is another number here than in the database, where it is 65534. */
const LOCAL = 0xfffffffe

/** Of one port; -1 for what its device does not count. */
export type PortCounters = {
  readonly rxPackets: number
  readonly txPackets: number
  readonly rxBytes: number
  readonly txBytes: number
  readonly rxDropped: number
  readonly txDropped: number
  readonly rxErrors: number
  readonly txErrors: number
  readonly rxFrameErrors: number
  readonly rxOverrunErrors: number
  readonly rxCrcErrors: number
  readonly collisions: number
}

export type BridgeCounters = {
  /** OpenFlow rules. */
  readonly flows: number
  /** By OpenFlow port number. */
  readonly ports: ReadonlyMap<number, PortCounters>
}

const PORT_BYTES = 112
const UNCOUNTED = 0xffffffffffffffffn

/** The body of one part of an answer on ports: struct ofp_port_stats, one after the other. */
export function portsIn(body: Buffer): [number, PortCounters][] {
  const all: [number, PortCounters][] = []
  for (let at = 0; at + PORT_BYTES <= body.length; at += PORT_BYTES) {
    const port = body.readUInt32BE(at)
    const counter = (index: number) => {
      const count = body.readBigUInt64BE(at + 8 + 8 * index)
      return count === UNCOUNTED ? -1 : Number(count)
    }
    all.push([
      port === LOCAL ? 65534 : port,
      {
        rxPackets: counter(0),
        txPackets: counter(1),
        rxBytes: counter(2),
        txBytes: counter(3),
        rxDropped: counter(4),
        txDropped: counter(5),
        rxErrors: counter(6),
        txErrors: counter(7),
        rxFrameErrors: counter(8),
        rxOverrunErrors: counter(9),
        rxCrcErrors: counter(10),
        collisions: counter(11),
      },
    ])
  }
  return all
}

function message(type: number, xid: number, body: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt8(VERSION, 0)
  header.writeUInt8(type, 1)
  header.writeUInt16BE(8 + body.length, 2)
  header.writeUInt32BE(xid, 4)
  return Buffer.concat([header, body])
}

function multipart(kind: number, xid: number, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16BE(kind, 0)
  return message(MULTIPART_REQUEST, xid, Buffer.concat([head, body]))
}

/** Whatever port. */
function portRequest(): Buffer {
  const body = Buffer.alloc(8)
  body.writeUInt32BE(ANY, 0)
  return multipart(PORT_STATS, PORT_STATS, body)
}

/** All rules of all tables: struct ofp_aggregate_stats_request with an empty match. */
function aggregateRequest(): Buffer {
  const body = Buffer.alloc(40)
  body.writeUInt8(0xff, 0)
  body.writeUInt32BE(ANY, 4)
  body.writeUInt32BE(ANY, 8)
  body.writeUInt16BE(1, 32) // OXM
  body.writeUInt16BE(4, 34) // of nothing
  return multipart(AGGREGATE, AGGREGATE, body)
}

/** Calls back with each whole message that the bytes make. */
export function messages(onMessage: (type: number, xid: number, body: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    while (rest.length >= 8 && rest.length >= rest.readUInt16BE(2)) {
      const length = rest.readUInt16BE(2)
      onMessage(rest.readUInt8(1), rest.readUInt32BE(4), rest.subarray(8, length))
      rest = rest.subarray(length)
    }
  }
}

/** Asks a bridge by its socket, '/run/openvswitch/br-int.mgmt'. Rejects where it does not answer before the signal aborts. */
export function countersOf(path: string, signal: AbortSignal): Promise<BridgeCounters> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket(path)
    const ports = new Map<number, PortCounters>()
    let flows: number | undefined
    let portsDone = false
    const end = (why: string) => {
      socket.destroy()
      signal.removeEventListener('abort', abort)
      reject(new Error(`${path}: ${why}`))
    }
    const abort = () => end('no answer')
    signal.addEventListener('abort', abort)
    socket.on('error', (error) => end(error.message))
    socket.on('close', () => end('it closed the connection'))
    socket.on(
      'data',
      messages((type, xid, body) => {
        if (type === HELLO) socket.write(Buffer.concat([aggregateRequest(), portRequest()]))
        else if (type === ECHO_REQUEST) socket.write(message(ECHO_REPLY, xid, body))
        else if (type === ERROR) end(`OpenFlow error ${body.readUInt16BE(0)}/${body.readUInt16BE(2)}`)
        else if (type === MULTIPART_REPLY) {
          const more = (body.readUInt16BE(2) & 1) === 1
          const rest = body.subarray(8)
          if (body.readUInt16BE(0) === AGGREGATE) flows = rest.readUInt32BE(16)
          else {
            for (const [port, counters] of portsIn(rest)) ports.set(port, counters)
            portsDone = !more
          }
          if (flows === undefined || !portsDone) return
          resolve({ flows, ports })
          end('done')
        }
      }),
    )
    socket.write(message(HELLO, 0))
  })
}
