import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { countersOf, messages, portsIn } from './openflow.ts'

/** struct ofp_port_stats of OpenFlow 1.3 (§7.3.5.6): a port's number, twelve counters, how long it is there. */
function stats(port: number, counters: readonly bigint[]): Buffer {
  const body = Buffer.alloc(112)
  body.writeUInt32BE(port, 0)
  for (const [index, count] of counters.entries()) body.writeBigUInt64BE(count, 8 + 8 * index)
  return body
}

const twelve = Array.from({ length: 12 }, (_, index) => BigInt(index + 1))

test('ports and their counters, the local one by the number that the database has', () => {
  const tunnel = [7n, 8n, ...Array(10).fill(0xffffffffffffffffn)]
  const [local, geneve] = portsIn(Buffer.concat([stats(0xfffffffe, twelve), stats(11, tunnel)]))
  expect(local?.[0]).toBe(65534)
  expect(local?.[1]).toMatchObject({ rxPackets: 1, txPackets: 2, rxBytes: 3, txBytes: 4, collisions: 12 })
  expect(geneve?.[0]).toBe(11)
  expect(geneve?.[1]).toMatchObject({ rxPackets: 7, txPackets: 8, rxDropped: -1 })
})

test('messages are put together, however they arrive', () => {
  const heard: [number, number, string][] = []
  const take = messages((type, xid, body) => heard.push([type, xid, body.toString()]))
  const two = Buffer.from([4, 2, 0, 10, 0, 0, 0, 9, 0x61, 0x62, 4, 0, 0, 8, 0, 0, 0, 7])
  for (const byte of two) take(Buffer.from([byte]))
  expect(heard).toEqual([
    [2, 9, 'ab'],
    [0, 7, ''],
  ])
})

test('a bridge that answers with an error says which', async () => {
  const path = join(tmpdir(), `ovn-gameday-${process.pid}.mgmt`)
  const server = createServer((socket) => socket.end(Buffer.from([4, 1, 0, 12, 0, 0, 0, 0, 0, 1, 0, 3]))).listen(path)
  onTestFinished(() => void server.close())
  await expect(countersOf(path, AbortSignal.timeout(1000))).rejects.toThrow('OpenFlow error 1/3')
  await expect(countersOf(`${path}.none`, AbortSignal.timeout(1000))).rejects.toThrow('ENOENT')
})
