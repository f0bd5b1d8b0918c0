// The console, on a bash of this machine in place of a container's.

import { spawn } from 'node:child_process'
import { Duplex, type PassThrough } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { LabError } from '../errors.ts'
import { newHistory } from '../history.ts'
import type { Engine } from './client.ts'
import { newConsole } from './console.ts'

function madeConsole() {
  const bash = spawn('bash', ['--norc', '--noprofile'])
  onTestFinished(() => void bash.kill('SIGKILL'))
  const stream = new Duplex({
    read: () => undefined,
    write: (chunk, _, done) => void bash.stdin.write(chunk, () => done()),
  })
  bash.stdin.on('error', () => undefined) // it may have ended by then, which is what the test is about
  bash.on('close', () => stream.destroy())
  const demuxStream = (_: unknown, out: PassThrough, err: PassThrough) => {
    bash.stdout.pipe(out)
    bash.stderr.pipe(err)
  }
  const history = newHistory()
  const console = newConsole('web-1', { modem: { demuxStream } } as unknown as Engine, stream, history)
  return { bash, console, history }
}

test('a command answers with its output and when it ran', async () => {
  const { console, history } = madeConsole()
  const before = history.now()
  const { out, exit, bracket } = await console.run('echo "it\'s $((6 * 7))"; echo two')
  expect([out, exit]).toEqual(["it's 42\ntwo\n", 0])
  // The shell's clock has microseconds, and is read by another process.
  expect(bracket.fromNs).toBeGreaterThan(before - 1e6)
  expect(bracket.toNs).toBeGreaterThan(bracket.fromNs)
  expect(bracket.toNs).toBeLessThan(history.now() + 1e6)
})

test('a command that fails rejects with what it was and what it said', async () => {
  const { console } = madeConsole()
  const failed = console.run('echo no such bridge >&2; (exit 3)')
  await expect(failed).rejects.toThrow(/^web-1: exit 3 from: echo no such bridge.*\n\nno such bridge$/)
  await expect(failed).rejects.toBeInstanceOf(LabError)
})

test('where a failure is an answer, it is one', async () => {
  expect(await madeConsole().console.try('false')).toMatchObject({ exit: 1, out: '' })
})

test('commands that are asked at once run one after the other and get their own answers', async () => {
  const { console } = madeConsole()
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => console.run(`n=$((n + 1)); echo ${i} $n`)))
  expect(answers.map(({ out }) => out.trim())).toEqual(answers.map((_, i) => `${i} ${i + 1}`))
})

test('a command cannot eat the ones after it from standard input', async () => {
  const { console } = madeConsole()
  const [cat, after] = await Promise.all([console.run('cat'), console.run('echo still here')])
  expect([cat.out, after.out]).toEqual(['', 'still here\n'])
})

test('a long output comes whole', async () => {
  const { out } = await madeConsole().console.run('seq 200000')
  expect(out.split('\n')).toHaveLength(200_001)
})

test('a command that takes too long is given up, and its late answer is nobody else’s', async () => {
  const { console } = madeConsole()
  const slow = console.run('read -t 0.3 < <(tail -f /dev/null); echo late', { within: '50ms' })
  await expect(slow).rejects.toThrow(/^web-1: no answer within 50ms to: read/)
  expect((await console.run('echo mine')).out).toBe('mine\n')
})

test('lines of background processes come apart from answers', async () => {
  const { console } = madeConsole()
  const line = new Promise((resolve) => console.onLine(resolve))
  const { out } = await console.run('{ echo from behind >&$LINES_FD; } & wait; echo in front')
  expect(out).toBe('in front\n')
  expect(await line).toBe('from behind')
})

test('a shell that ends takes its commands along, and tells its last words', async () => {
  const { console } = madeConsole()
  const ending = console.run('set -e; echo starting; ls /nowhere; echo never')
  await expect(ending).rejects.toThrow(/^the console of web-1 closed, its last words were: ls: .*\/nowhere/)
  expect(console.open()).toBe(false)
  await expect(console.run('echo more')).rejects.toThrow(/^web-1 has no open console; wanted: echo more$/)
})
