import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { twoVpcsRaft } from '../../fixtures/two-vpcs-raft.ts'
import type { Lab } from '../types.ts'
import { centralThatRuns, resultsOf, transactionText } from './transaction.ts'

const operation = { op: 'select', table: 'ACL', where: [['name', '==', "it's"]] }

test('a transaction is one word of bash, whatever stands in it', () => {
  expect(transactionText(twoVpcs, 'nb', [operation])).toBe(
    `ovsdb-client -t 5 transact tcp:172.20.0.2:6641 '["OVN_Northbound",{"op":"select","table":"ACL","where":[["name","==","it'\\''s"]]}]'`,
  )
})

test('of a cluster it reaches whoever leads', () => {
  expect(transactionText(twoVpcsRaft, 'sb', [])).toMatch(
    /transact tcp:172\.20\.0\.2:6642,tcp:172\.20\.0\.\d+:6642,tcp:\S+ /,
  )
})

test('results are read past what the client warns of', () => {
  expect(resultsOf('2026-01-01|WARN|x\n[{"count":1},null,{"rows":[]}]\n')).toEqual([{ count: 1 }, {}, { rows: [] }])
})

test.each([
  ['[{},{"error":"constraint violation","details":"cannot delete"}]', 'constraint violation, cannot delete'],
  ['[null,{"error":"duplicate uuid"}]', 'the database refused: duplicate uuid'],
  ['ovsdb-client: failed to connect', 'the database did not answer: ovsdb-client: failed to connect'],
  ['', 'the database did not answer: nothing was printed'],
])('%s is an error of the lab', (out, message) => {
  expect(() => resultsOf(out)).toThrow(message)
})

test('a central node that is dead is asked for nothing', () => {
  const alive = (node: string) => node === 'central-2'
  expect(centralThatRuns({ topology: twoVpcsRaft, alive } as unknown as Lab)).toBe('central-2')
  expect(() => centralThatRuns({ topology: twoVpcsRaft, alive: () => false } as unknown as Lab)).toThrow(
    'no central node runs',
  )
})
