// How the programs of a flow are started and ended, whatever goes wrong meanwhile.

import { expect, test } from 'vitest'
import { LabError } from '../lab/errors.ts'
import { ofKind } from '../lab/history.ts'
import type { Lab } from '../lab/types.ts'
import { http } from './http.ts'
import { type MadeLab, madeLab } from './made-lab.ts'
import { sessions } from './sessions.ts'
import { send } from './traffic.ts'

const ends = { from: 'vpc-a-web-1', to: 'internet' }
const flow = 'sessions vpc-a-web-1 → internet'

/** Nodes whose programs end when they are told to, and say so. */
function obedient(node: string, command: string, lab: Lab): string {
  if (!command.includes('kill -TERM')) return '42'
  const side = node === 'internet' ? 'server' : 'client'
  lab.history.record(node, { kind: 'traffic-ended', flow, side, why: '' })
  return 'told\n'
}

const words = ({ commands }: Pick<MadeLab, 'commands'>) =>
  commands.map((command) => {
    const [node = '', rest = ''] = command.split(': ', 2)
    const what = /programs\/([\w-]+)\.js/.exec(rest)?.[1] ?? (rest.includes('kill -TERM') ? 'end' : 'listens?')
    return `${node} ${what}`
  })

test('the server listens before the client starts, and ends after it', async () => {
  const made = madeLab(obedient)
  const held = await send(made.lab, sessions(ends))
  await held.stop()
  expect(words(made)).toEqual([
    'internet session-server',
    'internet listens?',
    'vpc-a-web-1 sessions',
    'vpc-a-web-1 end',
    'internet end',
  ])
  expect(ofKind(made.lab.history, 'traffic').map(({ phase }) => phase)).toEqual(['started', 'stopped'])
  expect(ofKind(made.lab.history, 'traffic-record')).toHaveLength(1)
})

test('a client that does not start leaves no server', async () => {
  const made = madeLab((node, command, lab) => {
    if (command.includes('sessions.js')) throw new LabError('vpc-a-web-1 does not run')
    return obedient(node, command, lab)
  })
  await expect(send(made.lab, sessions(ends))).rejects.toThrow('vpc-a-web-1 does not run')
  expect(words(made).at(-1)).toBe('internet end')
  expect(await made.end()).toEqual([])
})

test('what died with its node needs no ending, and is no error', async () => {
  const made = madeLab(obedient)
  const held = await send(made.lab, sessions(ends))
  Object.assign(made.lab, { alive: (node: string) => node !== 'vpc-a-web-1' })
  expect(await held.answered.look(made.lab)).toEqual({ holds: false, saw: 'vpc-a-web-1 does not run' })
  await held.stop()
  expect(words(made).slice(3)).toEqual(['internet end'])
})

test('a node made anew has another process by that number, which is left alone', async () => {
  const made = madeLab((_, command) => (command.includes('kill -TERM') ? '' : '42'))
  const held = await send(made.lab, sessions(ends))
  await held.stop()
  expect(made.commands.at(-1)).toMatch(/grep -qaF '"flow":"sessions .*","id":0,"epoch":"\d+"' \/proc\/42\/cmdline/)
})

test('a program that ended by itself is told as the lab’s fault', async () => {
  const made = madeLab(obedient)
  const held = await send(made.lab, sessions(ends))
  made.lab.history.record('vpc-a-web-1', { kind: 'traffic-ended', flow, side: 'client', why: 'out of memory' })
  await expect(held.answered.look(made.lab)).rejects.toThrow(`the client of ${flow} ended by itself: out of memory`)
})

test('two of one name at once are refused, one after the other are not', async () => {
  const { lab } = madeLab(obedient)
  const first = await send(lab, sessions(ends))
  await expect(send(lab, sessions(ends))).rejects.toThrow(`${flow} is being sent already; two at once are one mix`)
  await first.stop()
  await send(lab, sessions(ends))
})

test('what was told before somebody asked says nothing of now', async () => {
  const { lab } = madeLab()
  const web = await send(lab, http({ from: 'vpc-a-web-1', to: 'vpc-a-app-1' }))
  const sample = (fromNs: number) => {
    const part = { name: 'GET /', asked: 100, sent: 100, answered: 100, errors: {}, latency: [], longestNs: 1 }
    const about = { kind: 'traffic-sample', flow: web.name, fromNs, toNs: fromNs + 1e9 } as const
    lab.history.record('vpc-a-web-1', { ...about, parts: [part] })
  }
  sample(lab.history.now() - 1e9)
  const { answered } = web
  expect(await answered.look(lab)).toMatchObject({ holds: false })
  sample(lab.history.now())
  expect(await answered.look(lab)).toEqual({ holds: true, saw: '100 answered in the last second' })
})

test('evidence that is wanted now is written now', async () => {
  const { lab } = madeLab(obedient)
  await send(lab, sessions(ends))
  lab.history.settle()
  expect(ofKind(lab.history, 'traffic-record')).toMatchObject([{ flow }])
})
