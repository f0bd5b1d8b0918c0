// What a probe refuses, and what it leaves behind when stopping it goes wrong: its record, always.

import { expect, test } from 'vitest'
import { LabError, ScenarioError } from '../lab/errors.ts'
import { newHistory, ofKind } from '../lab/history.ts'
import { recordsOf } from '../lab/loss/window.ts'
import { newSightings } from '../lab/patchbay/sightings.ts'
import type { Topology } from '../lab/topology/types.ts'
import type { Lab } from '../lab/types.ts'
import { newUndoStack } from '../lab/undo.ts'
import { type ProbeRate, probe } from './probe.ts'
import { send } from './traffic.ts'

const topology = {
  name: 'two-ends',
  central: { name: 'central', address: '172.20.0.2' },
  chassis: [{ name: 'chassis-1', address: '172.20.0.11' }],
  internet: { name: 'internet', as: 65000, address: '198.51.100.10' },
  vpcs: {
    a: {
      tenant: 'tenant-1',
      workloads: [{ name: 'web-1', chassis: 'chassis-1', address: '10.0.1.10' }],
      nat: { gateways: [], speakers: [] },
    },
  },
} as unknown as Topology

/** A lab whose one node does what it is told, by the commands' first words. */
function madeLab(answers: Readonly<Record<string, () => void>> = {}) {
  const history = newHistory()
  const undo = newUndoStack()
  const commands: string[] = []
  const lab = {
    topology,
    history,
    defer: undo.defer,
    alive: () => true,
    tap: async () => ({ sightings: newSightings({ ends: new Map() }), assertAlive: () => undefined }),
    run: async (_: string, command: string) => {
      commands.push(command)
      answers[command.split(' ')[0] ?? '']?.()
      return { out: '42\n', exit: 0, bracket: { fromNs: history.now(), toNs: history.now() } }
    },
  }
  return { lab: lab as unknown as Lab, history, commands, end: undo.unwind }
}

test.each(['0pps', '5001pps', '250', '-1pps', '1.5pps'])('%s is no rate', (rate) => {
  expect(() => probe({ from: 'web-1', to: 'internet', rate: rate as ProbeRate })).toThrow(
    `no probe rate: '${rate}'; write 1pps to 5000pps`,
  )
})

test.each([
  ['web-9', 'internet', "no node 'web-9' in two-ends; it has "],
  ['web-1', 'internt', "no node 'internt' in two-ends; it has internet"],
  ['central', 'internet', 'central is a central; a probe goes between workloads, or to the internet'],
])('a probe from %s to %s is refused before anything is sent', async (from, to, message) => {
  const { lab, history, commands } = madeLab()
  const refused = send(lab, probe({ from, to }))
  await expect(refused).rejects.toThrow(message)
  await expect(refused).rejects.toBeInstanceOf(ScenarioError)
  expect([commands, history.events]).toEqual([[], []])
})

test('a probe is named by its ends, and its sender is told address, port and gap', async () => {
  const { lab, commands } = madeLab()
  const flow = await send(lab, probe({ from: 'web-1', to: 'internet', rate: '500pps' }))
  expect(flow.name).toBe('probe web-1 → internet')
  expect(commands[0]).toMatch(/^prober send 1 1 198\.51\.100\.10 7000 2000 /)
})

test.each([0, 65, 1.5, -1, Number.NaN])('%s flows are none', (flows) => {
  expect(() => probe({ from: 'web-1', to: 'internet', flows })).toThrow(`no number of flows: ${flows}; write 1 to 64`)
})

test('a stream of several flows has one sender, and each flow a number and a name of its own', async () => {
  const { lab, history, commands } = madeLab()
  await send(lab, probe({ from: 'web-1', to: 'internet' }))
  const stream = await send(lab, probe({ from: 'internet', to: 'web-1', rate: '1000pps', flows: 3 }))
  expect(stream.name).toBe('probe internet → web-1')
  expect(commands[1]).toMatch(/^prober send 2 3 10\.0\.1\.10 7000 1000 /)
  const [, ...started] = ofKind(history, 'flow')
  expect(started.map(({ flow, of, phase, ratePps }) => [flow, of, phase, ratePps])).toEqual(
    [1, 2, 3].map((n) => [`probe internet → web-1 #${n}`, 'probe internet → web-1', 'started', 1000]),
  )
  expect(ofKind(history, 'parameters').at(-1)).toMatchObject({ of: stream.name, values: { flows: 3 } })
  history.settle()
  expect(recordsOf(history, stream, 'reverse').map(({ flow }) => flow)).toEqual(started.map(({ flow }) => flow))
})

test('what the sender says of itself is told of the flow that it names', async () => {
  const { lab, history } = madeLab()
  await send(lab, probe({ from: 'web-1', to: 'internet', flows: 2 }))
  const say = (line: string) => history.record('web-1', { kind: 'line', node: 'web-1', stream: '', line })
  for (const line of ['stat 2 forward 250 130 1', 'stat 9 forward 1 1 1', 'end 1 forward 7', 'no word of ours'])
    say(line)
  expect(ofKind(history, 'generator')).toMatchObject([
    { flow: 'probe web-1 → internet #2', direction: 'forward', sent: 250, latestNs: 130e3, errors: 1 },
  ])
})

test('a second stream between the same ends is refused while the first runs, and welcome after it', async () => {
  const kill = () => {
    throw new LabError('web-1: exit 1 from: kill -TERM 42')
  }
  const { lab, commands } = madeLab({ kill })
  const first = await send(lab, probe({ from: 'web-1', to: 'internet', flows: 2 }))
  await expect(send(lab, probe({ from: 'web-1', to: 'internet' }))).rejects.toThrow(
    new ScenarioError('probe web-1 → internet is on its way already; for more of it give it more flows'),
  )
  expect(commands).toHaveLength(1)
  await expect(first.stop()).rejects.toThrow('exit 1')
  await send(lab, probe({ from: 'web-1', to: 'internet' }))
  expect(commands.at(-1)).toMatch(/^prober send 3 1 /)
})

test('a flow that is judged while it runs has written a record of both directions', async () => {
  const { lab, history } = madeLab()
  await send(lab, probe({ from: 'web-1', to: 'internet' }))
  history.settle()
  expect(ofKind(history, 'flow-record').map(({ direction }) => direction)).toEqual(['forward', 'reverse'])
})

test('a flow that cannot be stopped leaves its record all the same, and says what was wrong', async () => {
  const kill = () => {
    throw new LabError('web-1: exit 1 from: kill -TERM 42')
  }
  const { lab, history, end } = madeLab({ kill })
  const flow = await send(lab, probe({ from: 'web-1', to: 'internet' }))
  await expect(flow.stop()).rejects.toThrow('exit 1 from: kill')
  expect(ofKind(history, 'flow-record')).toHaveLength(2)
  expect(ofKind(history, 'flow').map(({ phase }) => phase)).toEqual(['started', 'stopped'])
  expect(await end()).toEqual(['stop probe web-1 → internet: web-1: exit 1 from: kill -TERM 42'])
})
