import { expect, test } from 'vitest'
import type { LabContainer, LabOnEngine, Standing } from '../engine/labs.ts'
import { doomed } from './down.ts'
import { pickLab, pickNode } from './pick.ts'
import { age, listing } from './status.ts'

const NOW_S = 1_000_000

const madeLab = (name: string, standing: Standing, nodes = ['central', 'web-1', 'patchbay']): LabOnEngine => {
  const of = (node: string): LabContainer => ({
    ...{
      id: node,
      lab: name,
      node,
      topology: 'one-vpc',
      madeFrom: '',
      size: 3,
      owner: '',
      createdS: NOW_S - 125,
      name: node,
    },
    running: node !== 'central',
  })
  const maker = standing === 'run' ? 4711 : undefined
  return {
    name,
    topology: 'one-vpc',
    madeFrom: '',
    size: 3,
    standing,
    maker,
    containers: nodes.map(of),
    createdS: NOW_S - 125,
  }
}
const [mine, other, theirs] = [madeLab('mine', 'stays'), madeLab('other', 'stays'), madeLab('theirs', 'run')]

test('without a name it is the only lab that stays, else the only one there is', () => {
  expect(pickLab([mine, theirs], undefined)).toBe(mine)
  expect(pickLab([theirs], undefined)).toBe(theirs)
  expect(pickLab([mine, other, theirs], 'theirs')).toBe(theirs)
})

test.each([
  [[], undefined, 'no lab is up; npm run lab:up brings one up'],
  [[], 'mine', "no lab 'mine'; none is up"],
  [[mine, theirs], 'min', "no lab 'min'; there is mine, theirs"],
  [[mine, other], undefined, 'which lab of mine, other? Name one, as in: -- --lab mine'],
])('a lab that is not meant clearly is refused in one line', (all, wanted, message) => {
  expect(() => pickLab(all, wanted)).toThrow(message)
})

test.each([
  ['web-2', "no node 'web-2' in lab mine; it has web-1"],
  ['central', 'central of lab mine does not run'],
])('a node that cannot be entered is refused in one line: %s', (wanted, message) => {
  expect(() => pickNode(mine, wanted)).toThrow(message)
})

test('what is taken down is what is named, or the only lab that stays, or all that stay', () => {
  const orphan = madeLab('orphan', 'orphan')
  expect(doomed([mine, theirs], { words: [], options: {} })).toEqual([mine])
  expect(doomed([mine, other, theirs], { words: ['other'], options: {} })).toEqual([other])
  expect(doomed([mine, orphan, theirs], { words: [], options: { all: true } })).toEqual([mine, orphan])
  expect(doomed([theirs], { words: [], options: { all: true } })).toEqual([])
})

test.each([
  [['theirs'], {}, 'lab theirs belongs to process 4711, which lives; stop that, and the lab goes with it'],
  [[], {}, 'which lab of mine, other? Name one, as in: npm run lab:down mine'],
  [['gone'], {}, "no lab 'gone'; there is mine, other, theirs"],
  [['mine'], { all: true as const }, 'either mine or --all'],
])('a lab that must not or cannot be taken down is refused in one line', (words, options, message) => {
  expect(() => doomed([mine, other, theirs], { words, options })).toThrow(message)
})

test('the list tells who owns a lab and what of it runs', () => {
  expect(listing([], NOW_S)).toBe('no lab is up')
  expect(listing([madeLab('gone', 'orphan', ['central', 'web-1']), mine, theirs], NOW_S).split('\n')).toEqual([
    'lab     topology  nodes             owner                          up for',
    'gone    one-vpc   1/2, no patchbay  gone; the next lab removes it  2min',
    'mine    one-vpc   1/2               stays                          2min',
    'theirs  one-vpc   1/2               process 4711, alive            2min',
  ])
})

test.each([
  [-1, '0s'],
  [59.9, '59s'],
  [60, '1min'],
  [3600 * 2 + 300, '2h 5min'],
  [3600 * 26, '1d 2h'],
])('%s s is %s', (seconds, text) => {
  expect(age(seconds)).toBe(text)
})
