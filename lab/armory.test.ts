// Which of two heals is done, ours or the one that waits in the lab: one of them, and never both.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, onTestFinished, test } from 'vitest'
import { newArmory, type Place } from './armory.ts'
import { LabError } from './errors.ts'
import { newHistory } from './history.ts'

/** A node whose shell answers as told, and its commands in order. */
function madePlace(taken = 0) {
  const deeds: string[] = []
  const bracket = { fromNs: 0, toNs: 0 }
  const stamp = () => `${(Date.now() / 1e3).toFixed(6)} 0 ID made\n`
  const answer: Place['try'] = async (command) => {
    if (/gameday_take \S+$/.test(command)) return { out: '', exit: taken, bracket }
    if (command.startsWith('grep')) return { out: stamp(), exit: 0, bracket }
    deeds.push(command.startsWith('bash ') ? 'healed here' : command.startsWith('rm ') ? 'cleared' : 'armed')
    return { out: '', exit: 0, bracket }
  }
  return { deeds, place: { node: 'made', run: answer, try: answer } satisfies Place }
}

function madeArmory(places: Readonly<Record<string, Place>>, longestNs = 10e9) {
  const history = newHistory()
  const at = (node: string) => {
    const place = places[node]
    if (!place) throw new LabError(`${node} does not run`)
    return place
  }
  return newArmory({ name: 'eclipse', longestNs, at, history })
}

const ours = (deeds: string[]) => async () => {
  deeds.push('healed by us')
  return { fromNs: 1, toNs: 2 }
}

test('while nothing is healed in the lab, we heal, and nothing waits any more', async () => {
  const { deeds, place } = madePlace()
  const armory = madeArmory({ a: place })
  await armory.arm('a', 'true')
  expect(await armory.heal(ours(deeds))).toEqual({ fromNs: 1, toNs: 2 })
  expect(deeds).toEqual(['armed', 'healed by us', 'cleared'])
  expect(armory.waiting()).toBe(0)
})

test('what was healed in the lab is not healed again, and the rest is healed as it would be there', async () => {
  const [gone, there] = [madePlace(1), madePlace(0)]
  const armory = madeArmory({ gone: gone.place, there: there.place })
  await armory.arm('gone', 'true')
  await armory.arm('there', 'true')
  await armory.heal(ours(there.deeds))
  expect(gone.deeds).toEqual(['armed', 'cleared'])
  expect(there.deeds).toEqual(['armed', 'healed here', 'cleared'])
})

test('when we cannot heal, what waits in the lab does', async () => {
  const { deeds, place } = madePlace()
  const armory = madeArmory({ a: place })
  await armory.arm('a', 'true')
  const stuck = async () => {
    throw new LabError('it is stuck')
  }
  await expect(armory.heal(stuck)).rejects.toThrow('it is stuck')
  expect(deeds).toEqual(['armed', 'healed here', 'cleared'])
})

test('nothing more is broken once the time is up', async () => {
  const { place } = madePlace()
  const armory = madeArmory({ a: place }, 0)
  await expect(armory.arm('a', 'true')).rejects.toThrow('eclipse: its time is up, so that nothing more may be broken')
})

test('once a heal waits, whoever freezes its node can tell what counts its time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'armory-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const bracket = { fromNs: 0, toNs: 0 }
  // What counts is late, as on a machine with no core to spare.
  const late = 'trap() { sleep 0.5; builtin trap "$@"; }\n'
  const run: Place['run'] = async (command) => {
    await execa('bash', ['-c', late + command.replaceAll('/run/gameday', folder)])
    return { out: '', exit: 0, bracket }
  }
  await madeArmory({ a: { node: 'a', run, try: run } }).arm('a', 'true')
  const timer = (await readdir(folder)).find((file) => file.endsWith('.timer'))
  const pid = Number(await readFile(join(folder, timer ?? 'none'), 'utf8'))
  onTestFinished(() => void process.kill(pid))
  expect((await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0')[0]).toBe('bash')
})
