import { expect, test } from 'vitest'
import { LabError } from '../errors.ts'
import { newHistory } from '../history.ts'
import { type Rule, words } from './rule.ts'
import { type Course, newRules } from './rules.ts'
import type { Heading } from './wires.ts'

const from = (node: string): Heading => ({ end: { node, device: 'eth0' }, heading: 'from' })
const at = (rule: Rule, ...nodes: string[]): Course[] => nodes.map((node) => ({ heading: from(node), rule }))
const RULE_WORDS = words({ loss: 0, duplicate: 0 }).split(' ').length
const DNS = { kinds: [{ protocol: 17, ports: [53, 53] }] } as const
const rain = { loss: 0.25, duplicate: 0 }

/** wirectl, by what it says it does: cells with two slots each, and what they counted. */
function madeSwitch() {
  const keys = new Map([
    ['a', 1],
    ['b', 2],
  ])
  const requests: string[] = []
  const slots = new Map<string, string>()
  const tallies = new Map<string, readonly bigint[]>()
  const inForce = new Set<string>()
  const pairs = (numbers: readonly string[]) =>
    numbers.flatMap((key, i) => (i % 2 === 0 ? [`${key} ${numbers[i + 1]}`] : []))
  const history = newHistory()
  const stamp = () => BigInt(history.epoch) + BigInt(Math.round(history.now()))
  /** All of them, or none. */
  const write = (numbers: readonly string[]): bigint[] => {
    const written: string[] = []
    for (let i = 0; i < numbers.length; i += 1 + RULE_WORDS) {
      const key = numbers[i]
      const slot = [0, 1].find((n) => !slots.has(`${key} ${n}`))
      if (slot === undefined) {
        for (const place of written) slots.delete(place)
        throw new LabError('no room')
      }
      slots.set(`${key} ${slot}`, numbers.slice(i + 1, i + 1 + RULE_WORDS).join(' '))
      written.push(`${key} ${slot}`)
    }
    return written.map((place) => BigInt(place.split(' ')[1] ?? 0))
  }
  const ask = async (request: string): Promise<bigint[]> => {
    requests.push(request)
    const [word = '', ...numbers] = request.split(' ')
    if (word === 'rule') return write(numbers)
    if (word === 'on') for (const place of pairs(numbers)) inForce.add(place)
    if (word === 'off') for (const place of pairs(numbers)) inForce.delete(place)
    if (word === 'free') for (const place of pairs(numbers)) slots.delete(place)
    if (word === 'alter') slots.set(numbers.slice(0, 2).join(' '), numbers.slice(2).join(' '))
    if (word === 'tally') return [...(tallies.get(numbers.join(' ')) ?? [0n, 0n, 0n, 0n, 0n, 0n, 0n])]
    if (word === 'rules') return [...slots.keys()].flatMap((place) => place.split(' ').map(BigInt))
    return [stamp(), stamp()]
  }
  const rules = newRules({
    ask,
    history,
    keyOf: ({ end }) => keys.get(end.node) ?? 0,
    deviceOf: (key) => `w${key}`,
  })
  return { rules, keys, requests, slots, tallies, inForce, epochNs: BigInt(history.epoch) }
}

test('a rule is written down everywhere before it takes hold, in one step', async () => {
  const { rules, requests } = madeSwitch()
  const { bracket } = await rules.impose('rain', at({ ...rain, match: DNS }, 'a', 'b'))
  const dns = words({ ...rain, match: DNS })
  expect(requests).toEqual([`rule 1 ${dns} 2 ${dns}`, 'on 1 0 2 0'])
  expect(bracket.toNs).toBeGreaterThanOrEqual(bracket.fromNs)
})

test('where a direction has no room, none has the rule', async () => {
  const { rules, slots, inForce } = madeSwitch()
  await rules.impose('one', at(rain, 'b'))
  await rules.impose('other', at(rain, 'b'))
  await expect(rules.impose('rain', at(rain, 'a', 'b'))).rejects.toThrow('no room')
  expect([...slots.keys()]).toEqual(['2 0', '2 1'])
  expect([...inForce]).toEqual(['2 0', '2 1'])
})

test('lifting a rule takes it away and leaves the others', async () => {
  const { rules, slots, inForce } = madeSwitch()
  const one = await rules.impose('one', at(rain, 'a'))
  const other = await rules.impose('other', at(rain, 'a'))
  await one.lift()
  expect([[...slots.keys()], [...inForce]]).toEqual([['1 1'], ['1 1']])
  expect([await one.stands(), await other.stands()]).toEqual([false, true])
  expect(await rules.written()).toEqual(['1 at w1'])
})

test('a slot that another rule has since taken is no sign of the first', async () => {
  const { rules } = madeSwitch()
  const one = await rules.impose('one', at(rain, 'a'))
  await one.lift()
  await rules.impose('other', at(rain, 'a'))
  expect(await one.stands()).toBe(false)
})

test('what was counted is told after the rule is gone', async () => {
  const { rules, tallies, epochNs } = madeSwitch()
  const one = await rules.impose('one', at(rain, 'a'))
  tallies.set('1 0', [90n, 10n, 2n, 3n, 4n, epochNs + 5n, epochNs + 9n])
  await one.lift()
  tallies.delete('1 0')
  expect(await one.tally()).toEqual([
    { passed: 90, lost: 10, oversized: 2, duplicated: 3, corrupted: 4, firstNs: 5, lastNs: 9 },
  ])
})

test('a link that is made anew has the rule again, and what was counted before still counts', async () => {
  const { rules, keys, tallies, inForce, slots, epochNs } = madeSwitch()
  const one = await rules.impose('one', at(rain, 'a'))
  await rules.renew()
  expect([...inForce]).toEqual(['1 0'])
  tallies.set('1 0', [90n, 10n, 0n, 0n, 0n, epochNs + 5n, epochNs + 9n])
  keys.set('a', 7)
  await rules.renew()
  tallies.set('7 0', [9n, 1n, 0n, 0n, 0n, epochNs + 20n, epochNs + 20n])
  expect(inForce.has('7 0')).toBe(true)
  expect(await one.tally()).toMatchObject([{ passed: 99, lost: 11, firstNs: 5, lastNs: 20 }])
  await one.lift()
  expect([[...slots.keys()], [...inForce]]).toEqual([[], []])
})

test('a rule is changed where it is, and keeps what it meets', async () => {
  const { rules, slots } = madeSwitch()
  await rules.impose('one', at({ ...rain, match: DNS }, 'a'))
  await rules.change('one', { loss: 0.5, duplicate: 0.5 })
  expect(slots.get('1 0')).toBe(words({ loss: 0.5, duplicate: 0.5, match: DNS }))
})

test('what is not in force, or more than once, cannot be changed', async () => {
  const { rules } = madeSwitch()
  await expect(rules.change('one', rain)).rejects.toThrow('one is not in force, so it cannot be changed')
  await rules.impose('one', at(rain, 'a'))
  await rules.impose('one', at(rain, 'a'))
  await expect(rules.change('one', rain)).rejects.toThrow('one is in force more than once; which of them to change?')
})
