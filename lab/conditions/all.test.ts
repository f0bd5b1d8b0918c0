import { expect, test } from 'vitest'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'
import { all } from './all.ts'

const lab = {} as Lab
const fact = (name: string, holds: boolean): Condition<Lab> => ({
  name,
  look: async () => ({ holds, saw: holds ? `${name} indeed` : `no ${name}` }),
})

test('several facts hold when each of them does', async () => {
  const both = all(fact('rain', true), fact('wind', true))
  expect(both.name).toBe('rain and wind')
  expect(await both.look(lab)).toEqual({ holds: true, saw: 'rain indeed; wind indeed' })
})

test('what is missing is named, and what is not is left out', async () => {
  expect(await all(fact('rain', true), fact('wind', false)).look(lab)).toEqual({ holds: false, saw: 'wind: no wind' })
})
