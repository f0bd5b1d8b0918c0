// One lab for several scenarios, one after the other: only one that was proved clean is handed on, and
// each scenario has a history, evidence and captures of its own.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { oneVpc } from '../fixtures/one-vpc.ts'
import { connectEngine } from './engine/client.ts'
import { labs } from './engine/labs.ts'
import { ofKind } from './history.ts'
import { startLab } from './lab.ts'
import type { Run } from './run.ts'
import { discard, newShelf, type Shelf } from './shelf.ts'
import type { Topology } from './topology/types.ts'

const isUp = async (name: string) => (await labs(await connectEngine())).some((lab) => lab.name === name)

/** Scenarios that follow one another, each ended by us, as passed or failed. */
function series(shelf: Shelf) {
  const ends: (() => Promise<void>)[] = []
  onTestFinished(async () => {
    for (const end of ends) await end()
    const left = await shelf.take(oneVpc)
    if (left) await discard(left.ground)
  }, 60_000)
  return async (topology: Topology = oneVpc) => {
    const result = { state: 'pass' }
    let end = async () => {}
    const run: Run = {
      shelf,
      task: { name: 'made', meta: {}, file: { name: 'serve-again.lab.test.ts', tasks: [1] }, result },
      onTestFinished: (finish) => {
        end = finish
        ends.push(finish)
      },
    }
    const lab = await startLab(topology, run)
    const ended = async (state: 'pass' | 'fail' = 'pass') => {
      result.state = state
      await end()
    }
    return { lab, ended }
  }
}

test('a lab that was proved clean serves again, and each scenario sees its own time only', async () => {
  const next = series(newShelf())
  const first = await next()
  await first.lab.run('vpc-a-web-1', 'for i in $(seq 30); do curl -s http://198.51.100.10/; done')
  await first.lab.run('nat-gw-a-1', 'echo first >>/var/log/frr/bgpd.log')
  await first.ended()
  const events = first.lab.history.events.length
  expect(ofKind(first.lab.history, 'act').at(-1)).toMatchObject({ text: 'ended; its lab waits for the next scenario' })

  const second = await next()
  expect(second.lab.name).toBe(first.lab.name)
  expect((await second.lab.run('vpc-a-web-1', 'curl -s http://198.51.100.10/')).out).toContain('203.0.113.17')
  const sessions = (await second.lab.run('nat-gw-a-1', 'conntrack -L 2>/dev/null | grep -c 198.51.100.10')).out
  expect(Number(sessions)).toBeLessThan(10) // its own, and those that proved the lab ready
  expect(second.lab.evidence).not.toBe(first.lab.evidence)
  expect(second.lab.history.events.every(({ atNs }) => atNs >= 0)).toBe(true)
  const ports = second.lab.history.events.filter((event) => event.kind === 'ovn' && event.table === 'Port_Binding')
  expect(ports.length).toBeGreaterThan(4)
  await second.lab.keepEvidence()
  const log = readFileSync(join(second.lab.evidence, 'evidence', 'logs', 'nat-gw-a-1.txt'), 'utf8')
  expect(log).toContain('== /var/log/frr/bgpd.log')
  expect(log).not.toContain('\nfirst\n')
  await second.ended()
  expect(first.lab.history.events).toHaveLength(events)
})

test('a lab is thrown away that is not as new, or whose scenario failed, or for another topology', async () => {
  const next = series(newShelf())
  const changed = await next()
  await changed.lab.run('nat-gw-a-1', 'ip route add blackhole 192.0.2.1')
  await changed.ended()
  expect(await isUp(changed.lab.name)).toBe(false)
  expect(JSON.stringify(changed.lab.history.events)).toContain(
    'its lab serves no other scenario: + nat-gw-a-1: blackhole 192.0.2.1',
  )

  const failed = await next()
  expect(failed.lab.name).not.toBe(changed.lab.name)
  await failed.ended('fail')
  expect(await isUp(failed.lab.name)).toBe(false)

  const clean = await next()
  await clean.ended()
  expect(await isUp(clean.lab.name)).toBe(true)
  const other = await next({ ...oneVpc, name: 'one-vpc-again' })
  expect(await isUp(clean.lab.name)).toBe(false)
  expect(other.lab.name).toMatch(/^one-vpc-again-/)
})

test('a lab that died while it waited is thrown away, and the next scenario has a new one', async () => {
  const next = series(newShelf())
  const first = await next()
  await first.ended()
  const engine = await connectEngine()
  const gateway = (await labs(engine))
    .find(({ name }) => name === first.lab.name)
    ?.containers.find(({ node }) => node === 'nat-gw-a-1')
  await engine.getContainer(gateway?.id ?? '').kill()

  const second = await next()
  expect(second.lab.name).not.toBe(first.lab.name)
  expect(JSON.stringify(second.lab.history.events)).toContain('thrown away, it is not as new: ')
  expect(await isUp(first.lab.name)).toBe(false)
  expect((await second.lab.run('vpc-a-web-1', 'curl -s http://198.51.100.10/')).out).toContain('203.0.113.17')
})
