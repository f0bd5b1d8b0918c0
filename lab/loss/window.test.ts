import { expect, test } from 'vitest'
import { madeHistory, madeRecord, streamOf, users } from './made-history.ts'
import { firstFrom, recordsOf } from './window.ts'

test('the first time at or after an instant is found in any list', () => {
  for (let size = 0; size < 20; size++) {
    const times = Array.from({ length: size }, (_, i) => 2 * i)
    for (let ns = -1; ns <= 2 * size + 1; ns++)
      expect(firstFrom(times, ns)).toBe(times.filter((time) => time < ns).length)
  }
})

test('a flow has the last of its records, a stream that of each of its flows', () => {
  const alone = madeRecord({ flow: 'probe vpc-b-web-1 → internet' })
  const early = streamOf([{ endNs: 1e9 }, { endNs: 1e9 }])
  const late = streamOf([{}, {}])
  const history = madeHistory([...early, alone, ...late])
  const names = (name: string) => recordsOf(history, { name }, 'forward').map(({ flow, inNs }) => [flow, inNs.length])
  expect(names(users.name)).toEqual([
    [`${users.name} #1`, 2500],
    [`${users.name} #2`, 2500],
  ])
  expect(names(`${users.name} #2`)).toEqual([[`${users.name} #2`, 2500]])
  expect(names(alone.flow)).toEqual([[alone.flow, 2500]])
  expect(recordsOf(history, users, 'reverse')).toHaveLength(2)
  expect(names('probe')).toEqual([])
})
