import { expect, test } from 'vitest'
import { Finding, LabError, ScenarioError } from './errors.ts'
import { newHistory, ofKind } from './history.ts'
import { type Condition, ready, until, waitFor } from './until.ts'

const soon = { within: '30ms', every: '1ms' } as const
const never: Condition = { name: 'pigs to fly', look: async () => ({ holds: false, saw: 'pigs on the ground' }) }

/** Holds from the nth look on. */
function from(nth: number): Condition & { readonly looks: () => number } {
  let looks = 0
  return {
    name: 'the kettle to boil',
    look: async () => ({ holds: ++looks >= nth, saw: `${looks * 20} °C` }),
    looks: () => looks,
  }
}

function madeLab(signal?: AbortSignal) {
  const kept: string[] = []
  const history = newHistory()
  return { history, signal, kept, keepEvidence: async () => void kept.push('evidence') }
}

test('what holds at once is looked at once', async () => {
  const lab = madeLab()
  const kettle = from(1)
  await until(lab, kettle, soon)
  expect(kettle.looks()).toBe(1)
})

test('what comes true in time is waited for, and how long it took is told', async () => {
  const lab = madeLab()
  const beforeNs = lab.history.now()
  await until(lab, from(5), { within: '5s', every: '1ms' })
  const passedNs = lab.history.now() - beforeNs
  const [waited] = ofKind(lab.history, 'waited')
  expect(waited).toMatchObject({ condition: 'the kettle to boil', held: true, saw: '100 °C' })
  expect(waited?.tookNs).toBeGreaterThan(0)
  expect(waited?.tookNs).toBeLessThanOrEqual(passedNs)
})

test('a fact about the network that does not come true in time is a Finding, with the limit and what was last seen', async () => {
  const waited = until(madeLab(), never, soon)
  await expect(waited).rejects.toBeInstanceOf(Finding)
  await expect(waited).rejects.toThrow(/^waited 30ms for pigs to fly; last saw pigs on the ground$/)
})

test('a fact about the lab that does not come true in time is a LabError', async () => {
  const waited = ready(madeLab(), never, soon)
  await expect(waited).rejects.toBeInstanceOf(LabError)
  await expect(waited).rejects.toThrow(/^waited \d.*ms for pigs to fly; last saw pigs on the ground$/)
})

test('evidence is kept before the Finding is thrown, and not where it is not needed', async () => {
  const lab = madeLab()
  await until(lab, from(2), soon)
  expect(lab.kept).toEqual([])
  await until(lab, never, soon).catch(() => lab.kept.push('thrown'))
  expect(lab.kept).toEqual(['evidence', 'thrown'])
})

test('a wait that ran out is told too', async () => {
  const lab = madeLab()
  await until(lab, never, soon).catch(() => undefined)
  expect(ofKind(lab.history, 'waited')).toMatchObject([{ held: false, saw: 'pigs on the ground' }])
})

test.each([
  [{ kind: 'stall', lengthNs: 160e6 }, 'the machine stood still: the longest of 1 stalls was 160ms'],
  [{ kind: 'clock', how: 'step', byNs: -2e9 }, 'the clock stepped by −2.00s'],
  [{ kind: 'steal', mostNs: 210e6, allNs: 210e6, cpus: 2 }, 'the hypervisor took 210ms of 300ms from one CPU'],
] as const)('a wait that ran out while the machine did not keep time is no finding: %o', async (body, why) => {
  const lab = madeLab()
  const waited = until(lab, never, soon)
  lab.history.record('patchbay', body)
  const invalid = await waited.catch((error: unknown) => error)
  expect(invalid).toBeInstanceOf(LabError)
  expect(String(invalid)).toContain(`invalid: ${why}`)
})

test('a wait that ran out after the machine stood still is no finding once something was measured', async () => {
  const [stall, fault] = [
    { kind: 'stall', lengthNs: 860e6 },
    { kind: 'fault', fault: 'rain', phase: 'planned', targets: [] },
  ] as const
  const lab = madeLab()
  lab.history.record('patchbay', stall)
  lab.history.record('chaos', fault)
  await expect(until(lab, never, soon)).rejects.toThrow(Finding)
  lab.history.record('patchbay', stall)
  await expect(until(lab, never, soon)).rejects.toThrow(LabError)
})

test('a Finding points at the line that waited', async () => {
  const finding = await until(madeLab(), never, soon).catch((error: unknown) => error)
  const frames = String((finding as Error).stack)
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
  expect(frames[0]).toContain('until.test.ts')
})

test('a wait ends when the test is told to stop, and tells nothing', async () => {
  const stop = new AbortController()
  const lab = madeLab(stop.signal)
  const kettle = from(1000)
  const waited = waitFor(lab, kettle, { within: '60s', every: '10s' })
  stop.abort(new Error('out of time'))
  await expect(waited).rejects.toThrow('out of time')
  expect(ofKind(lab.history, 'waited')).toEqual([])
})

test('a test that was told to stop waits for nothing', async () => {
  const kettle = from(1)
  const lab = madeLab(AbortSignal.abort(new Error('out of time')))
  await expect(until(lab, kettle, soon)).rejects.toThrow('out of time')
  expect(kettle.looks()).toBe(0)
})

test('a look that fails ends the wait with its own error', async () => {
  const look = async () => {
    throw new ScenarioError("no node 'nat-gw-c-1'")
  }
  await expect(until(madeLab(), { name: 'nothing', look }, soon)).rejects.toThrow("no node 'nat-gw-c-1'")
})

test('a limit of nothing still looks once', async () => {
  await until(madeLab(), from(1), { within: '0ms' })
})
