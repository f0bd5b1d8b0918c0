import { expect, test } from 'vitest'
import type { Process } from './processes.ts'
import { claim, type Engaged, type Machine, newOwn, tally, traces } from './traces.ts'

const id = (digit: string) => digit.repeat(64)
const SESSION = 100

const process = (pid: number, rest: Partial<Process> = {}): Process => ({
  pid,
  parent: 1,
  session: 1,
  started: `${pid}00`,
  command: 'bash',
  netns: 'host',
  ...rest,
})
const container = (digit: string, lab: string, owner: string): Engaged => ({
  id: id(digit),
  name: `ovn-gameday-${lab}-central`,
  lab,
  state: 'running',
  owner,
})
const machine = (rest: Partial<Machine> = {}): Machine => ({
  processes: [process(1)],
  containers: [],
  networks: ['bridge'],
  interfaces: ['lo', 'eth0'],
  pinned: new Map(),
  ...rest,
})

const before = machine()
const worker = process(101, { session: SESSION })
const ours = container('a', 'two-vpcs-1', 'b007:101:10100')
const theirs = container('b', 'two-vpcs-2', 'b007:202:20200')
const inOurs = process(301, { container: id('a'), netns: 'n1' })
const inTheirs = process(302, { container: id('b'), netns: 'n2' })
const alive = machine({ processes: [process(1), worker, inOurs, inTheirs], containers: [ours, theirs] })

const owned = () => {
  const own = newOwn(SESSION)
  claim(own, alive)
  return own
}

test('a lab is known by the process that made it', () => {
  expect([...owned().labs]).toEqual(['two-vpcs-1'])
  expect([...owned().containers]).toEqual([id('a')])
})

test('a lab of another run is no trace of this one', () => {
  const now = machine({ processes: [process(1), inTheirs], containers: [theirs], pinned: new Map([['/run/x', 'n2']]) })
  expect(traces(owned(), before, now)).toEqual([])
})

test('a number that a dead namespace had may be a living one of another run', () => {
  const now = machine({ processes: [process(1), { ...inTheirs, netns: 'n1' }], containers: [theirs] })
  expect(traces(owned(), before, now)).toEqual([])
})

test.each<[string, Partial<Machine>, string]>([
  [
    'a container that has exited',
    { containers: [{ ...ours, state: 'exited' }] },
    'container ovn-gameday-two-vpcs-1-central exited',
  ],
  [
    'a container that the dying run still asked for',
    { containers: [container('c', 'two-vpcs-1', ours.owner ?? '')] },
    'container ovn-gameday-two-vpcs-1-central running',
  ],
  ['a process of the run', { processes: [worker] }, 'process 101 bash'],
  [
    'a minder of a container',
    { processes: [process(9, { command: `containerd-shim -id ${id('a')}` })] },
    'process 9 containerd-shim',
  ],
  ['a network', { networks: ['bridge', 'lab-net'] }, 'docker network lab-net'],
  ['an interface', { interfaces: ['lo', 'eth0', 'w1a'] }, 'interface w1a'],
  [
    'a namespace that only a mount holds',
    { pinned: new Map([['/run/netns/x', 'n9']]) },
    'network namespace n9 at /run/netns/x',
  ],
  ['a namespace with a process of ours', { processes: [inOurs] }, 'network namespace n1'],
])('%s is a trace', (_, rest, trace) => {
  const told = traces(owned(), before, machine(rest)).map(({ kind, what }) => `${kind} ${what}`)
  expect(told.join('\n')).toContain(trace)
})

test('what was there before is no trace', () => {
  const had = machine({
    networks: ['bridge', 'mine'],
    interfaces: ['lo', 'eth0', 'br0'],
    pinned: new Map([['/run/netns/x', 'n9']]),
  })
  expect(traces(owned(), had, had)).toEqual([])
})

test('many traces are told by their number', () => {
  const left = [1, 2, 3].map((n) => ({ kind: n < 3 ? ('process' as const) : ('container' as const), what: String(n) }))
  expect(tally(left)).toBe('2 × process, 1 × container')
})
