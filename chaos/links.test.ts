import { expect, test } from 'vitest'
import { ScenarioError } from '../lab/errors.ts'
import { inject } from './inject.ts'
import { kill } from './kill.ts'
import { FABRIC, isolate, linkBetween, linkDown } from './links.ts'
import { madeLab, topology } from './made-lab.ts'

test.each([
  ['nat-gw-a-1', 'internet', 'nat-gw-a-1:eth1'],
  ['internet', 'nat-gw-a-1', 'nat-gw-a-1:eth1'],
  ['nat-gw-a-1', 'chassis-1', 'nat-gw-a-1:eth0'],
  ['chassis-1', FABRIC, 'chassis-1:eth0'],
])('the link between %s and %s is %s', (a, b, name) => {
  expect(linkBetween(topology, a, b).name).toBe(name)
})

test('nodes without a link between them are refused with the links there are', () => {
  expect(() => linkBetween(topology, 'nat-gw-a-1', 'central')).toThrow(
    'no link between nat-gw-a-1 and central in one-gateway; nat-gw-a-1 is linked to chassis-1, internet',
  )
})

test.each([
  [kill('nat-gw-c-1'), "no node 'nat-gw-c-1' in one-gateway; it has "],
  [isolate('internt'), "no node 'internt' in one-gateway; it has internet"],
  [linkDown('chassis-9', FABRIC), "no node 'chassis-9' in one-gateway; it has chassis-1"],
  [linkDown('nat-gw-a-1', 'chassis-7'), "no node 'chassis-7' in one-gateway; it has chassis-1"],
  [linkDown('chassis-1', 'internet'), 'no link between chassis-1 and internet in one-gateway; chassis-1 is linked to '],
  [
    linkDown('internet', FABRIC),
    'no link between internet and fabric in one-gateway; internet is linked to nat-gw-a-1',
  ],
])('$name is refused in one line before anything is touched', async (fault, message) => {
  const made = madeLab()
  const refusal = await inject(made.lab, fault).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(ScenarioError)
  expect(String(refusal)).toContain(message)
  expect(String(refusal)).not.toContain('\n')
  expect([made.deeds, made.history.events]).toEqual([[], []])
})

test.each([
  [kill('nat-gw-a-1'), 'death of nat-gw-a-1', ['nat-gw-a-1']],
  [isolate('nat-gw-a-1'), 'isolation of nat-gw-a-1', ['nat-gw-a-1']],
  [linkDown('nat-gw-a-1', 'internet'), 'carrier loss between nat-gw-a-1 and internet', ['nat-gw-a-1', 'internet']],
  [linkDown('chassis-1', FABRIC), 'carrier loss between chassis-1 and fabric', ['chassis-1']],
])('a fault says what happens, and to whom: %o', (fault, name, targets) => {
  expect(fault).toMatchObject({ name, targets })
})
