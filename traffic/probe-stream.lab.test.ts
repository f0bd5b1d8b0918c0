// A stream of 16 flows on a real lab: every flow is sent from a port of its own, seen whole, and seen as the
// far ends heard it.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { oneVpc } from '../fixtures/one-vpc.ts'
import type { Event, FlowRecord } from '../lab/events.ts'
import { ofKind } from '../lab/history.ts'
import { startLab, until } from '../lab/index.ts'
import { recordsOf } from '../lab/loss/window.ts'
import { pcapReader } from '../lab/patchbay/pcap.ts'
import { decodeProbe } from '../lab/patchbay/probe-packet.ts'
import { probe, send } from './index.ts'

const ascending = (a: number, b: number) => a - b

/** What a far end heard of each flow of the other direction, by its own count: `end ID DIRECTION SENT HEARD`. */
const heard = (events: readonly Event[], direction: string): number[] =>
  ofKind({ events }, 'line').flatMap(({ line }) => {
    const [word, , way, , count] = line.split(' ')
    return word === 'end' && way === direction ? Number(count) : []
  })

const MS = 1e6
const GAP = 4 * MS

/** At which time of the gap a flow's probes entered the wire, whatever held up some of them. */
const phase = ({ inNs }: FlowRecord): number => {
  const [origin = 0] = inNs
  const offsets = inNs.map((ns) => ((ns - origin + GAP / 2) % GAP) - GAP / 2).sort(ascending)
  return origin + (offsets[Math.floor(offsets.length / 2)] ?? 0)
}

const passed = ({ outNs, duplicates }: FlowRecord) => outNs.filter((out) => out !== null).length + duplicates
test('a stream of 16 flows is seen whole, as the far ends heard it', async (run) => {
  await using lab = await startLab(oneVpc, run)
  await using stream = await send(lab, probe({ from: 'vpc-a-web-1', to: 'internet', flows: 16 }))
  await until(lab, stream.answered, { within: '15s' })
  await until(lab, stream.answered, { within: '15s' })
  await stream.stop()

  const [forward, reverse] = (['forward', 'reverse'] as const).map((direction) =>
    recordsOf(lab.history, stream, direction),
  )
  for (const records of [forward, reverse]) {
    expect(records?.map(({ flow }) => flow)).toEqual(Array.from({ length: 16 }, (_, i) => `${stream.name} #${i + 1}`))
    for (const { numbers } of records ?? []) {
      expect(numbers.length).toBeGreaterThan(20)
      expect(numbers.at(-1)).toBe(numbers.length) // no number missing: what the sender sent was on the wire
    }
  }
  expect(heard(lab.history.events, 'reverse').sort(ascending)).toEqual(forward?.map(passed).sort(ascending))
  expect(heard(lab.history.events, 'forward').sort(ascending)).toEqual(reverse?.map(passed).sort(ascending))

  // Staggered over the gap of 4 ms, four of them each millisecond.
  const phases = forward?.map(phase) ?? []
  const turns = phases.map((ns) => Math.round((((ns - (phases[0] ?? 0)) % GAP) + GAP) / MS) % 4)
  expect(turns.toSorted(ascending)).toEqual([0, 1, 2, 3].flatMap((turn) => [turn, turn, turn, turn]))

  const ports = new Map<number, Set<number>>()
  const read = pcapReader(({ bytes }) => {
    const seen = decodeProbe(bytes)
    if (seen?.kind === 'forward') ports.set(seen.flow, (ports.get(seen.flow) ?? new Set()).add(seen.sourcePort))
  })
  read(readFileSync(join(lab.evidence, 'capture.pcap')))
  expect(ports.size).toBe(16)
  expect(new Set([...ports.values()].flatMap((those) => [...those])).size).toBe(16)
})
