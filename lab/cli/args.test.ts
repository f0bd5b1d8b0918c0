import { expect, test } from 'vitest'
import { readArgs, type Shape, UsageError } from './args.ts'

const shell: Shape = {
  usage: 'lab:shell <node>',
  words: ['<node>'],
  options: { lab: { type: 'string' }, all: { type: 'boolean' }, write: { type: 'string', short: 'w' } },
  rest: true,
}
const up: Shape = { ...shell, usage: 'lab:up [topology]', words: ['[topology]'], rest: false }
const npm = (env: Readonly<Record<string, string>>) => ({ npm_lifecycle_event: 'lab:shell', ...env })
const read = (line: string, shape = shell, env = {}) => readArgs(line.split(' ').filter(Boolean), shape, env)

test.each([
  ['web-1', ['web-1'], {}, []],
  ['web-1 ip -4 route', ['web-1'], {}, ['ip', '-4', 'route']],
  ['web-1 -- ip -4 route', ['web-1'], {}, ['ip', '-4', 'route']],
  ['web-1 --lab x curl --lab y', ['web-1'], { lab: 'x' }, ['curl', '--lab', 'y']],
  ['--lab=x web-1 -w f icmp or udp', ['web-1'], { lab: 'x', write: 'f' }, ['icmp', 'or', 'udp']],
  ['web-1 -- bash -- -c', ['web-1'], {}, ['bash', '--', '-c']],
  ['web-1 ls --help', ['web-1'], {}, ['ls', '--help']],
])('%s is read as its own part and what it hands on', (line, words, options, rest) => {
  expect(read(line)).toEqual({ words, options, rest })
})

test.each([
  ['no word that must be there', '', shell, '<node> is missing; usage: npm run lab:shell <node>'],
  ['a word too many', 'one-vpc x', up, 'too many words: x; usage: npm run lab:up [topology]'],
  ['an option that is not there', '--nam x', up, 'no option --nam; usage: npm run lab:up [topology]'],
  ['an option without its value', 'web-1 -w', shell, '-w wants a value; usage: npm run lab:shell <node>'],
])('%s is refused with the usage', (_, line, shape, message) => {
  expect(() => read(line, shape)).toThrow(new UsageError(message))
})

test('whoever asks for help need not get anything else right', () => {
  expect(read('--help').options.help).toBe(true)
  expect(read('one-vpc and more -h', up).options.help).toBe(true)
})

test.each([
  ['--lab=x, whole', 'web-1 ls -l', { npm_config_lab: 'x' }, { lab: 'x' }, ['ls', '-l']],
  ['--lab x, torn', 'web-1 x ls -l', { npm_config_lab: 'true' }, { lab: 'x' }, ['ls', '-l']],
  ['--all', 'web-1', { npm_config_all: 'true' }, { all: true }, []],
  ['one that is none of ours', 'web-1', { npm_config_loglevel: 'silent' }, {}, []],
])('an option that npm took for its own is found again: %s', (_, line, env, options, rest) => {
  expect(read(line, shell, npm(env))).toEqual({ words: ['web-1'], options, rest })
})

test('a torn option is found without the word before it', () => {
  expect(read('x', up, npm({ npm_config_lab: 'true' }))).toEqual({ words: [], options: { lab: 'x' }, rest: [] })
})

test('what npm took in a run that is none of ours is left alone', () => {
  expect(read('web-1', shell, { npm_lifecycle_event: 'test', npm_config_lab: 'x' }).options).toEqual({})
})
