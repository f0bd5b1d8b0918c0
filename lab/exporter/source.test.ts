import { expect, test } from 'vitest'
import { source } from './source.ts'

test('who answers in time is heard', async () => {
  const { read, asked, failed } = source('it', 200, async () => 'yes')
  expect(await read()).toMatchObject({ value: 'yes' })
  expect([asked(), failed()]).toEqual([1, 0])
})

test('who refuses is down, and why is said', async () => {
  const { read, failed } = source('it', 200, () => Promise.reject(new Error('no such socket')))
  expect(await read()).toMatchObject({ failed: 'no such socket' })
  expect(failed()).toBe(1)
})

test('who hangs costs a scrape its deadline once, and is heard again when it answers', async () => {
  const pending: ((answer: string) => void)[] = []
  const { read, asked, failed } = source('it', 20, () => new Promise<string>((answer) => pending.push(answer)))
  expect(await read()).toMatchObject({ failed: 'no answer in 20ms', tookMs: 20 })
  expect(await read()).toMatchObject({ failed: 'it has not answered yet what it was asked before', tookMs: 0 })
  expect(pending).toHaveLength(1)
  pending[0]?.('late')
  await Promise.resolve().then(() => Promise.resolve())
  const next = read()
  await Promise.resolve()
  pending[1]?.('in time')
  expect(await next).toMatchObject({ value: 'in time' })
  expect([asked(), failed()]).toEqual([3, 2])
})
