import { expect, test } from 'vitest'
import { type Burst, openflowReader } from './openflow.ts'

function reading() {
  const told: Burst[] = []
  return { told, ...openflowReader((burst) => told.push(burst)) }
}

const MS = 1_000_000n
const HEAD = 'NXST_FLOW_MONITOR reply (xid=0x0):'
const ADDED = ' event=ADDED table=23 cookie=0x88a77611 ip,reg7=0,metadata=0x3e9'
const change = (counts: object) => ({ datapath: '1001', tables: ['23'], added: 0, deleted: 0, modified: 0, ...counts })

test('a burst is told once, with what changed in each datapath', () => {
  const { told, read, flush } = reading()
  read(HEAD, 5n * MS)
  read(' event=DELETED reason=delete table=23 cookie=0xffaf543e ip,reg7=0,metadata=0x3e9', undefined)
  read(ADDED, undefined)
  read(' event=MODIFIED table=43 cookie=0x1 reg15=0x8000,metadata=0x1', undefined)
  read(HEAD, 6n * MS)
  read(' event=ADDED table=65 cookie=0x1 reg15=0x8000', undefined)
  expect(told).toEqual([])
  flush()
  flush()
  expect(told).toEqual([
    {
      firstNs: 5n * MS,
      lastNs: 6n * MS,
      changes: [
        change({ added: 1, deleted: 1 }),
        change({ datapath: '1', tables: ['43'], modified: 1 }),
        change({ datapath: '', tables: ['65'], added: 1 }),
      ],
    },
  ])
})

test('a message that comes later is another burst, and ends the one before', () => {
  const { told, read, openNs } = reading()
  read(HEAD, 5n * MS)
  read(ADDED, undefined)
  expect(openNs()).toBe(5n * MS)
  read(HEAD, 7n * MS)
  read(ADDED, undefined)
  expect(told).toEqual([{ firstNs: 5n * MS, lastNs: 5n * MS, changes: [change({ added: 1 })] }])
})

test('what is no change is left out: the answer to the request, and errors', () => {
  const { told, read, flush, openNs } = reading()
  read('ovs-ofctl: br-int is not a bridge or a socket', undefined)
  read(HEAD, undefined)
  read(ADDED, undefined)
  expect(openNs()).toBeUndefined()
  read(HEAD, 5n * MS)
  flush()
  expect(told).toEqual([])
})
