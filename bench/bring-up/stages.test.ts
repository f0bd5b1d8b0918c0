import { expect, test } from 'vitest'
import type { Event } from '../../lab/events.ts'
import { stages, stageTable } from './stages.ts'

const act = (text: string, atNs: number, tookNs?: number): Event => ({
  kind: 'act',
  source: 'lab',
  text,
  atNs,
  ...(tookNs !== undefined && { tookNs }),
})
const waited = (condition: string, atNs: number, tookNs: number): Event => ({
  kind: 'waited',
  source: 'lab',
  condition,
  held: true,
  saw: '',
  atNs,
  tookNs,
})

const history = [
  act('removed 3 containers of dead runs', 0.1e9),
  act('20 containers started', 2e9, 1.5e9),
  waited('BFD up on both ends', 7e9, 1e9),
  act('ready', 8e9, 6e9),
  act('evidence kept', 9e9, 1e9),
]

test('stages are what took time until the lab was ready, counted from when it was asked for', () => {
  expect(stages(history, 8.5e9)).toEqual([
    { name: '20 containers started', tookNs: 1.5e9, doneNs: 2.5e9 },
    { name: 'BFD up on both ends', tookNs: 1e9, doneNs: 7.5e9 },
  ])
})

test('a lab that never was ready has no stages', () => {
  expect(stages(history.slice(0, 2), 8e9)).toEqual([])
})

test('the table says how many runs had a stage', () => {
  const [containers, bfd] = stages(history, 8e9)
  const text = stageTable([[containers, bfd], [containers]].map((run) => run.filter((stage) => stage !== undefined)))
  expect(text.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['stage', ' took', 'from–to', 'done at', 'runs'].map((title) => title.trim()),
    [expect.stringContaining('─'), expect.anything(), expect.anything(), expect.anything(), expect.anything()],
    ['20 containers started', '1.50s', '1.50s to 1.50s', '+2.00s', '2 of 2'],
    ['BFD up on both ends', '1.00s', '1.00s to 1.00s', '+7.00s', '1 of 2'],
  ])
})
