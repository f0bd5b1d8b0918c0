import { expect, test } from 'vitest'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { alternatives } from './alternatives.ts'
import { nodes } from './nodes.ts'

const names = nodes(twoVpcs).map(({ name }) => name)

test.each([
  ['nat-gw-c-1', 'nat-gw-a-1, nat-gw-a-2, nat-gw-b-1, nat-gw-b-2'],
  ['nat-gw-a-3', 'nat-gw-a-1, nat-gw-a-2'],
  ['chasis-1', 'chassis-1, chassis-2, chassis-3'],
  ['web-1', 'vpc-a-web-1, vpc-b-web-1'],
  ['internt', 'internet'],
])('for %s: %s', (wanted, offered) => {
  expect(alternatives(wanted, names)).toBe(offered)
})

test('nothing alike gets all there is, twelve at most', () => {
  expect(alternatives('zürich', ['web', 'app', 'db'])).toBe('web, app, db')
  expect(alternatives('zürich', names)).toMatch(/^central, chassis-1, .* and \d+ more$/)
  expect(alternatives('web', [])).toBe('none')
})
