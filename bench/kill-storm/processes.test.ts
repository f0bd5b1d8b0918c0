import { expect, test } from 'vitest'
import { containerOf, parseStat } from './processes.ts'

const id = (digit: string) => digit.repeat(64)

test('a process may be called anything', () => {
  const stat = '4711 (a ) b) S 17 4711 99 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 11 0 123456 1000 0'
  expect(parseStat(stat)).toEqual({ state: 'S', parent: 17, session: 99, started: '123456' })
})

test('a container is told by either layout of cgroups, and the innermost counts', () => {
  expect(containerOf(`12:pids:/docker/${id('a')}\n0::/docker/${id('a')}\n`)).toBe(id('a'))
  expect(containerOf(`0::/system.slice/docker-${id('b')}.scope\n`)).toBe(id('b'))
  expect(containerOf(`1:cpu:/docker/${id('a')}/docker/${id('b')}\n`)).toBe(id('b'))
  expect(containerOf('0::/user.slice\n')).toBeUndefined()
})
