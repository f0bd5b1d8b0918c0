import { expect, test } from 'vitest'
import { newUndoStack } from './undo.ts'

const stuck = (what: string) => async () => {
  throw new Error(`${what} is stuck\nwith details`)
}

test('what is left is undone last first', async () => {
  const undo = newUndoStack()
  const done: string[] = []
  for (const name of ['socks', 'shoes', 'laces']) undo.defer(name, async () => void done.push(name))
  expect(await undo.unwind()).toEqual([])
  expect(done).toEqual(['laces', 'shoes', 'socks'])
})

test('each step waits for the one after it', async () => {
  const undo = newUndoStack()
  const done: string[] = []
  undo.defer('first', async () => void done.push('first'))
  undo.defer('slow', async () => {
    await Promise.resolve()
    await Promise.resolve()
    done.push('slow')
  })
  await undo.unwind()
  expect(done).toEqual(['slow', 'first'])
})

test('what fails is collected in one line each, and the rest is undone all the same', async () => {
  const undo = newUndoStack()
  const done: string[] = []
  undo.defer('socks', async () => void done.push('socks'))
  undo.defer('shoes', stuck('a shoe'))
  undo.defer('laces', stuck('a lace'))
  expect(await undo.unwind()).toEqual(['laces: a lace is stuck', 'shoes: a shoe is stuck'])
  expect(done).toEqual(['socks'])
})

test('what was undone by hand is not undone again', async () => {
  const undo = newUndoStack()
  const done: string[] = []
  const untie = undo.defer('laces', async () => void done.push('laces'))
  await Promise.all([untie(), untie()])
  await undo.unwind()
  expect(done).toEqual(['laces'])
})

test('an undo that fails by hand rejects, and is still told at the end', async () => {
  const undo = newUndoStack()
  const untie = undo.defer('laces', stuck('a lace'))
  await expect(untie()).rejects.toThrow('a lace is stuck')
  expect(await undo.unwind()).toEqual(['laces: a lace is stuck'])
})

test('whoever unwinds second gets the answer of the first', async () => {
  const undo = newUndoStack()
  undo.defer('laces', stuck('a lace'))
  const [one, other] = await Promise.all([undo.unwind(), undo.unwind()])
  expect(other).toBe(one)
})

test('what is registered while unwinding is undone too', async () => {
  const undo = newUndoStack()
  const done: string[] = []
  undo.defer('shoes', async () => {
    undo.defer('late', async () => void done.push('late'))
    done.push('shoes')
  })
  await undo.unwind()
  expect(done).toEqual(['shoes', 'late'])
})
