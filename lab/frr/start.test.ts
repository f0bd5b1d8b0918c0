import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { oneVpc } from '../../fixtures/one-vpc.ts'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { planNodes } from '../nodes/index.ts'
import { vtysh, writeFile } from './start.ts'

const bash = (...args: string[]) => spawnSync('bash', args, { encoding: 'utf8' })

const scripts = [oneVpc, twoVpcs].flatMap((topology) =>
  [...planNodes(topology)].map(
    ([node, plan]) => [node, topology.name, [plan.start, ...Object.values(plan.watch)]] as const,
  ),
)

test.each(scripts)('what starts and watches %s of %s is bash', (_, __, texts) => {
  for (const text of texts) expect(bash('-n', '-c', text)).toMatchObject({ status: 0, stderr: '' })
})

test('a file written from bash holds its text as it is', () => {
  const text = `"$HOME" \`id\` 'single' \\ back\n  indented\n`
  expect(bash('-c', `{ ${writeFile('/dev/stdout', text)}\n} | cat`).stdout).toBe(`${text}\n`)
})

test('a question to a daemon is one argument, whatever is in it', () => {
  const shown = (command: string) =>
    bash('-c', `nice() { shift 3; printf '%s|' "$@"; }; ${command}`).stdout.split('|').slice(0, -1)
  expect(shown(vtysh('bgpd', 'show bgp neighbors json', 'vpc-a'))).toEqual([
    '--vty_socket',
    '/run/frr/vpc-a',
    '-d',
    'bgpd',
    '-c',
    'show bgp neighbors json',
  ])
  expect(shown(vtysh('bfdd', 'show bfd peers'))).toContain('/run/frr')
})
