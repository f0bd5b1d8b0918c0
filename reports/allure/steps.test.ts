import { expect, test } from 'vitest'
import { resultOf } from '../result.ts'
import { natFailover } from '../testing/nat-failover.ts'
import { messagesOf } from './messages.ts'
import { stepsOf } from './steps.ts'

const run = natFailover({ broken: true })
const steps = stepsOf(run.events)
const named = (name: string) => steps.find((step) => step.name.startsWith(name))

test('what happened within an act or a fault lies within its step', () => {
  expect(named('ready')?.steps.map(({ name }) => name)).toContain('24 links (690ms)')
  const during = named('death of nat-gw-a-1 in force')
  expect(during?.steps.map(({ name }) => name)).toContain(
    'next hop of 0.0.0.0/0 on lr-vpc-a to be nat-gw-a-2 after 412ms',
  )
  expect(during).toMatchObject({ fromNs: 11_999.8e6, toNs: 19_900e6 })
})

test('the verdicts are one step, as bad as the worst of them', () => {
  expect(named('4 claims judged')).toMatchObject({ status: 'failed' })
  expect(named('4 claims judged')?.steps.map(({ status }) => status)).toEqual(['failed', 'passed', 'passed', 'broken'])
})

test('a wait that ran out is a failed step', () => {
  const [step] = stepsOf([
    { atNs: 2e9, source: 'lab', kind: 'waited', condition: 'BFD up', held: false, saw: 'down', tookNs: 2e9 },
  ])
  expect(step).toMatchObject({ status: 'failed', fromNs: 0, toNs: 2e9 })
})

test('every step that starts also stops, and no parameter tells two runs of a claim apart', () => {
  const result = resultOf(run, { test: 'x', description: '<b>', outcome: { is: 'failed' } })
  const messages = messagesOf({ ...run, files: [] }, result, '/nowhere/nat-failover/2026')
  const count = (type: string) => messages.filter((message) => message.type === type).length
  expect(count('step_start')).toBe(count('step_stop'))
  const [metadata] = messages
  if (metadata?.type !== 'metadata') throw new Error('metadata comes first')
  expect(metadata.data.parameters?.every(({ excluded }) => excluded)).toBe(true)
  const told = metadata.data.parameters?.map(({ name, value }) => [name, value]) ?? []
  const flow = 'probe vpc-a-web-1 → internet forward'
  expect(told[0]).toEqual([`outage during death of nat-gw-a-1, ${flow}`, expect.stringMatching(/^350ms ± /)])
  expect(told[1]).toEqual([
    `failover time during death of nat-gw-a-1, ${flow}`,
    expect.stringContaining('→ nat-gw-a-2'),
  ])
  expect(told.map(([name]) => name)).toEqual(expect.arrayContaining(['noise floor', 'BFD of BGP sessions', 'frr']))
  expect(metadata.data.descriptionHtml).toBe('<pre>&lt;b&gt;</pre>')
  expect(metadata.data.links?.[0]?.url).toBe('../nat-failover/2026/timeline.html')
})
