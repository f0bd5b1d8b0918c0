import { expect, test } from 'vitest'
import { logicalFlowChanges } from './logical-flows.ts'

const row = (datapath: unknown, stage: string) => ({
  logical_datapath: datapath,
  external_ids: ['map', [['source', 'northd.c:1'], ['stage-name', stage]]], // biome-ignore format: as OVSDB writes it
})
const name = (uuid: string) => (uuid === 'a' ? 'lr-vpc-a' : uuid)

test('rules are counted by datapath, with the stages they are in', () => {
  const changes = logicalFlowChanges(
    {
      1: { new: row(['uuid', 'a'], 'lr_in_ip_routing') },
      2: { old: row(['uuid', 'a'], 'lr_in_ip_routing') },
      3: { old: { external_ids: [] }, new: row(['uuid', 'a'], 'lr_in_arp_resolve') },
      4: { new: row(['set', []], 'ls_in_l2_lkup') },
    },
    name,
  )
  expect(changes).toEqual([
    { datapath: 'lr-vpc-a', tables: ['lr_in_ip_routing', 'lr_in_arp_resolve'], added: 1, deleted: 1, modified: 1 },
    { datapath: '', tables: ['ls_in_l2_lkup'], added: 1, deleted: 0, modified: 0 },
  ])
})

test('a rule that does not say its stage is counted all the same', () => {
  expect(logicalFlowChanges({ 1: { old: {} } }, name)).toMatchObject([{ datapath: '', tables: ['?'], deleted: 1 }])
})
