import { expect, test } from 'vitest'
import { goesOn } from './attempts.ts'

const ended = (message: string, number = 1) => goesOn({ number, errors: [{ message }] })

test.each([
  ['a claim without evidence', 'undecided: outage of probe vpc-a-web-1 → internet, saw 0 probes'],
  ['a wait on a machine that stood still', 'invalid: the machine stood still: the longest of 3 stalls was 1.2s'],
  [
    'a red test that saw the machine fail first',
    "expected 'LabError: invalid: the machine stood …' to match /^Finding/",
  ],
  ['a red test that caught it so', "expected 'undecided: the machine holds pac…' to match /broken/"],
])('%s proved nothing', (_, message) => {
  expect(ended(message)).toBe(true)
})

test.each([
  ['a broken claim', 'broken: outage at most 1s, was 3.42s ± 1ms'],
  ['a broken claim beside one without evidence', 'broken: source …\n\nundecided: saw 0 probes'],
  ['a wait in vain', 'waited 3s for next hop of 0.0.0.0/0 on lr-vpc-a to be nat-gw-a-2; last saw none'],
  ['a lab that did not come up', 'lab two-vpcs did not come up: waited 30s for every port to be up'],
  ['a red test that wanted it undecided', "expected 'Finding: broken: outage …' to match /^LabError: undecided: /"],
  ['a test that ran out of time', 'Test timed out in 180000ms'],
])('%s is never tried again', (_, message) => {
  expect(ended(message)).toBe(false)
})

test('the last attempt is the last, and one that passed needs no other', () => {
  expect(ended('undecided: saw 0 probes', 3)).toBe(false)
  expect(goesOn({ number: 1, errors: [] })).toBe(false)
})
