import { expect, test } from 'vitest'
import { twoVpcs, twoVpcsBalanced, twoVpcsGrowing } from '../../fixtures/index.ts'
import { ScenarioError } from '../errors.ts'
import { newHistory, ofKind } from '../history.ts'
import type { Topology } from '../topology/types.ts'
import type { Lab } from '../types.ts'
import { newUndoStack } from '../undo.ts'
import { addSubnet } from './subnet.ts'

/** A lab of which nothing is there but its history, and what was run in it. */
function madeLab(topology: Topology) {
  const history = newHistory()
  const ran: string[] = []
  const bracket = { fromNs: 10, toNs: 20 }
  const lab = {
    topology,
    history,
    defer: newUndoStack().defer,
    run: async (node: string, command: string) => {
      ran.push(`${node}# ${command}`)
      return { out: '', exit: 0, bracket }
    },
  } as unknown as Lab
  return { lab, history, ran }
}

test('a subnet comes in one transaction, with its ports under the ACLs of their tier, and goes in one', async () => {
  const { lab, history, ran } = madeLab(twoVpcsGrowing)
  const addition = await addSubnet(lab, 'ls-vpc-a-new')
  expect(ran).toHaveLength(1)
  for (const row of [
    'central# ovn-nbctl -- ls-add ls-vpc-a-new',
    '-- lrp-add lr-vpc-a lrp-vpc-a-new 00:00:00:01:05:01 10.0.5.1/24',
    '-- lsp-set-addresses vpc-a-new-1 "02:00:00:01:05:0a 10.0.5.10"',
    '-- pg-set-ports pg_vpc_a_test traffic-gen-a vpc-a-new-1',
  ])
    expect(ran[0]).toContain(row)
  await addition.remove()
  await addition.remove()
  expect(ran.slice(1)).toEqual(['central# ovn-nbctl -- lrp-del lrp-vpc-a-new -- ls-del ls-vpc-a-new'])
  const changes = ofKind(history, 'nb-change').map(({ change, atNs }) => `${change} ${atNs}`)
  expect(changes).toEqual(['addition of ls-vpc-a-new 10', 'removal of ls-vpc-a-new 10'])
})

test('it gets the load balancers of its VPC', async () => {
  const { a } = twoVpcsGrowing.vpcs
  const balanced = { ...a, loadBalancers: twoVpcsBalanced.vpcs.a.loadBalancers ?? [] }
  const { lab, ran } = madeLab({ ...twoVpcsGrowing, vpcs: { ...twoVpcsGrowing.vpcs, a: balanced } })
  await addSubnet(lab, 'ls-vpc-a-new')
  expect(ran[0]).toContain('-- ls-lb-add ls-vpc-a-new lb-vpc-a-web')
})

test.each([
  [twoVpcs, 'ls-vpc-a-web', "no subnet 'ls-vpc-a-web' is to come in two-vpcs; there is none"],
  [twoVpcsGrowing, 'ls-vpc-a-web', "no subnet 'ls-vpc-a-web' is to come in two-vpcs-growing; there is ls-vpc-a-new"],
])('what is there already cannot be added', async (topology, name, says) => {
  const { lab, ran } = madeLab(topology)
  await expect(addSubnet(lab, name)).rejects.toEqual(new ScenarioError(says))
  expect(ran).toEqual([])
})
