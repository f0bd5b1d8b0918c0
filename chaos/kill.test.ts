import { expect, test } from 'vitest'
import { LabError } from '../lab/errors.ts'
import type { Course } from '../lab/patchbay/rules.ts'
import type { Lab } from '../lab/types.ts'
import { inject } from './inject.ts'
import { kill } from './kill.ts'
import { madeLab } from './made-lab.ts'

const end = { node: 'nat-gw-a-1', device: 'eth0', patch: 'w1a', ifindex: 7 }

/** A lab whose wires and engine only tell what they were asked. */
function madeEngine({ fails = false } = {}) {
  const made = madeLab()
  let lives = true
  const parts = {
    wires: {
      endsOf: () => [end],
      rules: {
        impose: async (_: string, courses: readonly Course[]) => {
          const lost = courses.filter(({ rule }) => rule.loss === 1)
          made.deeds.push(`silence ${lost.map(({ heading }) => heading.heading).join(' and ')}`)
          const lift = async () => {
            made.deeds.push('carry')
            return { fromNs: 3, toNs: 4 }
          }
          return { bracket: { fromNs: 1, toNs: 2 }, lift }
        },
      },
    },
    kill: async () => {
      if (fails) throw new LabError('the engine does not answer')
      made.deeds.push('kill')
      lives = false
    },
    alive: () => lives,
  }
  return { ...made, lab: { ...made.lab, ...parts } as unknown as Lab }
}

test('a death silences every link both ways, and then kills', async () => {
  const made = madeEngine()
  await inject(made.lab, kill('nat-gw-a-1'))
  expect(made.deeds).toEqual(['baseline', 'silence from and to', 'kill'])
})

test('a death that fails halfway lets the links speak again', async () => {
  const made = madeEngine({ fails: true })
  await expect(inject(made.lab, kill('nat-gw-a-1'))).rejects.toThrow('the engine does not answer')
  expect(made.deeds).toEqual(['baseline', 'silence from and to', 'carry'])
  expect(await made.end()).toEqual([])
})
