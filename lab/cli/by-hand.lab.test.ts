// The lab by hand, as typed: brought up, listed, entered, watched, repaired and taken down.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, onTestFinished, test } from 'vitest'
import { connectEngine, type Engine } from '../engine/client.ts'
import { labs } from '../engine/labs.ts'
import { leash } from './leash.ts'

const INTERNET = 'http://198.51.100.10/'

const lab = (...args: string[]) =>
  execa(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { reject: false })

/** Container ids by node. */
async function idsOf(engine: Engine, name: string): Promise<Readonly<Record<string, string>>> {
  const containers = (await labs(engine)).find((each) => each.name === name)?.containers ?? []
  return Object.fromEntries(containers.map(({ node, id }) => [node, id]))
}

/** A name for a lab of this test, which goes with it. */
async function ownName(what: string): Promise<string> {
  const name = `by-hand-${what}-${process.pid}`
  onTestFinished((await leash(name)).release, 30_000)
  return name
}

/** A whole pcap file of Ethernet packets with nanosecond stamps: how many packets. */
function packetsIn(file: string): number {
  const pcap = readFileSync(file)
  expect([pcap.readUInt32LE(0), pcap.readUInt32LE(20)]).toEqual([0xa1b23c4d, 1])
  let at = 24
  let count = 0
  for (; at < pcap.length; count++) at += 16 + pcap.readUInt32LE(at + 8)
  expect(at).toBe(pcap.length)
  return count
}

test('a lab by hand is brought up, entered, watched, repaired and taken down', async ({ task }) => {
  const engine = await connectEngine()
  const name = await ownName('tour')
  const up = await lab('up', 'one-vpc', '--name', name)
  expect(up.stderr).toBe('')
  expect(up.stdout).toMatch(/\+\d+\.\ds {2}6 links wired \([\d.]+m?s\)\n/)
  expect(up.stdout).toContain(`\nlab ${name} is up\n`)
  const ids = await idsOf(engine, name)
  expect(Object.keys(ids)).toHaveLength(7)

  expect((await lab('status')).stdout).toMatch(new RegExp(`^${name} +one-vpc +6/6 +stays +\\d+s$`, 'm'))

  const asked = await lab('shell', 'vpc-a-web-1', '--lab', name, '--', 'curl', '-s', INTERNET)
  expect(asked).toMatchObject({ stdout: 'internet 203.0.113.17', exitCode: 0 })
  expect((await lab('shell', 'nat-gw-a-1', '--lab', name, 'bash', '-c', 'exit 7')).exitCode).toBe(7)
  expect(await lab('shell', 'nat-gw-a-9', '--lab', name)).toMatchObject({
    stderr: `no node 'nat-gw-a-9' in lab ${name}; it has nat-gw-a-1`,
    exitCode: 1,
  })

  const file = join(import.meta.dirname, '..', '..', 'reports', 'out', `${task.id}.pcap`)
  const capture = lab('capture', 'nat-gw-a-1:eth1', '--lab', name, '-w', file, 'icmp')
  await new Promise((resolve) => capture.stderr.once('data', resolve)) // it says so once it listens
  await lab('shell', 'vpc-a-web-1', '--lab', name, 'ping', '-c', '3', '-i', '0.2', '198.51.100.10')
  capture.kill('SIGINT')
  expect(await capture).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/\n6 packets captured$/) })
  expect(packetsIn(file)).toBe(6)

  const again = await lab('up', 'one-vpc', '--name', name)
  expect(again.stdout).toContain(`\nlab ${name} was up already and is ready; nothing was changed\n`)
  expect(await idsOf(engine, name)).toEqual(ids)

  await engine.getContainer(ids['nat-gw-a-1'] ?? '').kill()
  const repaired = await lab('up', 'one-vpc', '--name', name)
  expect(repaired.stdout).toContain(`\nlab ${name} is ready again; made anew: nat-gw-a-1\n`)
  const { 'nat-gw-a-1': made, ...rest } = await idsOf(engine, name)
  expect({ ...rest, 'nat-gw-a-1': ids['nat-gw-a-1'] }).toEqual(ids)
  expect(made).toMatch(/^[0-9a-f]{64}$/)
  expect((await lab('shell', 'vpc-a-web-1', '--lab', name, 'curl', '-s', INTERNET)).stdout).toBe(
    'internet 203.0.113.17',
  )

  expect(await lab('up', 'two-vpcs', '--name', name)).toMatchObject({
    stderr: `lab ${name} is up as one-vpc, not two-vpcs; take it down first (npm run lab:down ${name}), or give yours another --name`,
    exitCode: 1,
  })

  expect(await lab('down', name)).toMatchObject({ stdout: `removed ${name}: 7 containers`, exitCode: 0 })
  expect(await idsOf(engine, name)).toEqual({})
  expect(await lab('down', name)).toMatchObject({ stderr: expect.stringMatching(`^no lab '${name}'; `), exitCode: 1 })
})

test('Ctrl-C while a lab comes up leaves nothing of it', async () => {
  const engine = await connectEngine()
  const name = await ownName('stopped')
  const up = lab('up', 'one-vpc', '--name', name)
  await new Promise<void>((resolve) => up.stdout.on('data', (text) => /links wired/.test(String(text)) && resolve()))
  up.kill('SIGINT')
  expect(await up).toMatchObject({ exitCode: 130, stderr: '' })
  expect(await idsOf(engine, name)).toEqual({})
})
