import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { stageFigures } from './figures.ts'
import { failover, lostMs, madeOutage, stagesIn } from './made-outage.ts'

const figures = (events = failover) => {
  const stages = stagesIn(madeOutage({ topology: twoVpcs, story: lostMs([0, 400]), events }))
  if (!stages) throw new Error('no stages')
  return { stages, of: Object.fromEntries(stageFigures(stages).map(({ name, value }) => [name, value / 1e6])) }
}

test('the figures of all kinds of stages add up to the recovery instant', () => {
  const { stages, of } = figures()
  expect(of).toEqual({
    detection_time: 277,
    stage_detected: 277,
    stage_decided: 1 + 50 + 1,
    stage_installed: 12 + 2,
    stage_advertised: 6,
    stage_unattributed: 50,
  })
  const { detection_time: _, ...kinds } = of
  expect(Object.values(kinds).reduce((sum, ms) => sum + ms, 0)).toBe(stages.totalNs / 1e6)
})

test('what was never detected has no detection time', () => {
  expect(figures(failover.slice(2)).of.detection_time).toBeUndefined()
})
