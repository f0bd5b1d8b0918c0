import { expect, test } from 'vitest'
import { failover, reversion, rowWith } from '../stages/made-stages.ts'
import { unbalanced } from '../testing/markup.ts'
import { stagesSection } from './stages.ts'

const page = (...rows: Parameters<typeof stagesSection>[0]) => stagesSection(rows)?.html ?? ''

test('a bar has a segment for each stage, and says how long and until what', () => {
  const html = page(rowWith(failover))
  expect(unbalanced(html)).toEqual([])
  expect(html).toContain('>detected 298ms</text>')
  expect(html).toContain('decided 50.0ms, until +348ms: best path of 0.0.0.0/0: nat-gw-a-2, bgpd at chassis-1')
  expect(html).toContain('class="st st-none"')
  expect(html.match(/ longest"/g)).toHaveLength(1)
})

test('below it stands what ended each, how exactly that is known, and what timers say', () => {
  const html = page(rowWith(failover))
  expect(html).toContain('BFD 3 × 100 ms: 200ms to 300ms')
  expect(html).toContain('± 1us')
  expect(html).toContain('358ms lost')
})

test('where nothing was lost for long, the bar begins a little before the loss, and the list with the heal', () => {
  const html = page(rowWith(reversion, 'reversion'))
  expect(html).toContain('From the heal to the recovery 5.02s ± 1.0ms: 5.00s without loss + 20.0ms lost.')
  expect(html).not.toContain('>detected 4.90s</text>')
  expect(html).toContain('BFD with nat-gw-a-1 up')
  expect(html).toContain('first lost')
})

test('a run without an outage has no such section', () => {
  const { stages: _, ...row } = rowWith(failover)
  expect(stagesSection([row])).toBeUndefined()
})
