import { expect, test } from 'vitest'
import { firstFrom } from './window.ts'

test('the first time at or after an instant is found in any list', () => {
  for (let size = 0; size < 20; size++) {
    const times = Array.from({ length: size }, (_, i) => 2 * i)
    for (let ns = -1; ns <= 2 * size + 1; ns++)
      expect(firstFrom(times, ns)).toBe(times.filter((time) => time < ns).length)
  }
})
