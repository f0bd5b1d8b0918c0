import { expect, test } from 'vitest'
import { death } from '../lab/loss/made-history.ts'
import { madeRequests, web } from '../lab/traffic/made-traffic.ts'
import { servedBy } from './served-by.ts'

/** The fault is in force from 5 s to 8 s. */
const by = (...names: string[]) => ({ servers: Object.fromEntries(names.map((name) => [name, 50])) })
const [near, far] = [by('vpc-a-web-1'), by('vpc-b-web-1')]
const story = { 0: near, 1: near, 2: near, 3: near, 4: near, 5: by('vpc-a-web-1', 'vpc-b-web-1'), 6: far, 7: far }

test('the last second of a stretch counts, for clients move in the first', () => {
  const history = madeRequests(story)
  expect(servedBy({ of: web, during: death, by: 'vpc-b-web-1' }).judge(history)).toMatchObject({
    is: 'upheld',
    measured: expect.stringContaining('vpc-b-web-1 50 times'),
  })
  expect(servedBy({ of: web, before: death, by: 'vpc-a-web-1' }).judge(history).is).toBe('upheld')
})

test.each([
  ['broken where another answered', story, 'vpc-a-web-1', 'broken'],
  ['broken where both did', { ...story, 7: by('vpc-a-web-1', 'vpc-b-web-1') }, 'vpc-b-web-1', 'broken'],
  ['undecided where no answer named a server', {}, 'vpc-b-web-1', 'undecided'],
] as const)('it is %s', (_, seconds, server, is) => {
  expect(servedBy({ of: web, during: death, by: server }).judge(madeRequests(seconds)).is).toBe(is)
})
