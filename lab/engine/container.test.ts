import { expect, test } from 'vitest'
import type { Engine } from './client.ts'
import { removeContainer } from './container.ts'

/** An engine that answers the removal of a container in this way, one answer after the other. */
function answering(...statusCodes: (number | undefined)[]) {
  let asked = 0
  const remove = async () => {
    const statusCode = statusCodes[asked++]
    if (statusCode) throw Object.assign(new Error(`HTTP ${statusCode}`), { statusCode })
  }
  return { engine: { getContainer: () => ({ remove }) } as unknown as Engine, asked: () => asked }
}

test.each([
  ['that is there', [undefined], 1],
  ['that is not there', [404], 1],
  ['that somebody else is removing', [409, 409, 404], 3],
])('a container %s is gone when its removal resolves', async (_, statusCodes, times) => {
  const { engine, asked } = answering(...statusCodes)
  await removeContainer(engine, '0123456789ab')
  expect(asked()).toBe(times)
})

test('an engine that cannot remove it says so', async () => {
  const { engine } = answering(500)
  await expect(removeContainer(engine, '0123456789ab')).rejects.toThrow('HTTP 500')
})
