// Faults by hand on a lab that stays, as typed: they end by themselves, also when whoever broke the lab is
// killed, and at once for whoever asks. A run that lives is told, heals, and ends as aborted.

import { expect, onTestFinished, test, vi } from 'vitest'
import { oneVpc } from '../../fixtures/one-vpc.ts'
import { leash } from '../../lab/cli/leash.ts'
import { says, typed } from '../../lab/cli/typed.ts'
import { Aborted } from '../../lab/errors.ts'
import { ofKind } from '../../lab/history.ts'
import { startLab, until } from '../../lab/index.ts'
import { keepUp } from '../../lab/keep-up.ts'
import { inject } from '../inject.ts'
import { isolate } from '../links.ts'

const byHand = (...words: string[]) => typed('lab/cli/main.ts', ...words)
const breakIt = (...words: string[]) => typed('chaos/by-hand/main.ts', ...words)

/** A lab that stays until the test ends. */
async function staying(what: string): Promise<string> {
  const name = `by-hand-${what}-${process.pid}`
  onTestFinished((await leash(name)).release, 30_000)
  await keepUp(oneVpc, name, new AbortController().signal)
  return name
}

const INTERNET = 'http://198.51.100.10/'
const asks = async (lab: string) =>
  (await byHand('shell', 'vpc-a-web-1', '--lab', lab, 'curl', '-s', '-m', '1', INTERNET)).stdout

test('a fault on a lab that stays heals there by itself when whoever broke it is killed', async () => {
  const lab = await staying('killed')
  // Longer than a busy machine takes to be asked whether it bites.
  const broken = breakIt('isolate', 'nat-gw-a-1', '--lab', lab, '--for', '15s')
  await says(broken, 'isolation of nat-gw-a-1 effective')
  broken.kill('SIGKILL')
  await broken
  expect(await asks(lab)).toBe('')
  await vi.waitUntil(async () => (await asks(lab)) === 'internet 203.0.113.17', { timeout: 30_000, interval: 250 })
  expect((await byHand('up', 'one-vpc', '--name', lab)).stdout).toContain('nothing was changed')
})

test('packets on a lab that stays wait no more when whoever held them back is killed', async () => {
  const lab = await staying('held')
  const [gateway] = oneVpc.vpcs.a.nat.gateways
  const ping = ['ping', '-n', '-c', '3', '-i', '0.1', '-W', '1', gateway?.uplink.peer ?? '']
  /** Shortest round trip, ms. */
  const shortest = async () => {
    const { stdout } = await byHand('shell', 'nat-gw-a-1', '--lab', lab, ...ping)
    return Number(/ = ([\d.]+)\//.exec(stdout)?.[1])
  }
  const slow = breakIt('delay', 'nat-gw-a-1', 'internet', '100ms', '--lab', lab, '--for', '10s')
  await says(slow, 'delay of 100ms of packets between nat-gw-a-1 and internet effective')
  slow.kill('SIGKILL')
  await slow
  expect(await shortest()).toBeGreaterThanOrEqual(200)
  await vi.waitUntil(async () => (await shortest()) < 100, { timeout: 20_000, interval: 250 })
  expect((await byHand('up', 'one-vpc', '--name', lab)).stdout).toContain('nothing was changed')
})

test('a fault on a lab that stays ends when its time is up, and at once for whoever asks', async () => {
  const lab = await staying('asked')
  const short = await breakIt('kill-process', 'nat-gw-a-1', 'bgpd', '--lab', lab, '--for', '4s')
  expect(short.stdout).toContain('it was healed in the lab')
  expect(short).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/\nhealed, and everything is as it was before$/),
  })

  const frozen = await breakIt('pause', 'nat-gw-a-1', '--lab', lab, '--for', '4s')
  expect(frozen).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/it was healed in the lab[\s\S]*\nhealed, and everything is as it was before$/),
  })

  const long = breakIt('link-down', 'nat-gw-a-1', 'internet', '--lab', lab, '--for', '60s')
  await says(long, 'effective')
  expect((await breakIt('isolate', 'nat-gw-a-1', '--lab', lab)).stderr).toMatch(/ is broken already by carrier loss /)
  expect(await byHand('heal', '--lab', lab)).toMatchObject({
    stdout: `${lab}: healed carrier loss between nat-gw-a-1 and internet`,
    exitCode: 0,
  })
  expect(await long).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('everything is as it was before') })
  expect((await byHand('heal', '--lab', lab)).stdout).toBe(`${lab}: no fault was in force`)

  expect(await breakIt('kill', 'nat-gw-a-1', '--lab', lab)).toMatchObject({
    stderr: expect.stringMatching(/^kill: a dead node cannot be made anew from inside the lab; [^\n]*$/),
    exitCode: 1,
  })
})

test('Ctrl-C heals at once', async () => {
  const lab = await staying('stopped')
  const long = breakIt('freeze-process', 'central', 'ovn-northd', '--lab', lab, '--for', '60s')
  await says(long, 'effective')
  long.kill('SIGINT')
  expect(await long).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('everything is as it was before') })
})

test('a run that lives is told to heal, heals at once, and ends as aborted', async ({ task, signal }) => {
  const ends: (() => Promise<void>)[] = []
  const keep = (end: () => Promise<void>) => void ends.push(end)
  onTestFinished(() => ends[0]?.().catch(() => {}), 60_000) // it is judged below, where the test comes that far
  const lab = await startLab(oneVpc, { task, signal, onTestFinished: keep })
  expect((await breakIt('isolate', 'nat-gw-a-1', '--lab', lab.name)).stderr).toMatch(/ does not stay: /)

  await inject(lab, isolate('nat-gw-a-1'))
  const spring = { name: 'spring', look: async () => ({ holds: false, saw: 'winter' }) }
  const waiting = expect(until(lab, spring, { within: '30s' })).rejects.toBeInstanceOf(Aborted)
  expect(await byHand('heal', '--lab', lab.name)).toMatchObject({
    stdout: `${lab.name}: healed isolation of nat-gw-a-1; the run of process ${process.pid} ends`,
    exitCode: 0,
  })
  await waiting
  expect(ofKind(lab.history, 'fault').map(({ phase }) => phase)).toContain('healed')
  // Also a test that went on and passed.
  await expect(ends[0]?.()).rejects.toThrow(/^aborted: npm run heal$/)
})
