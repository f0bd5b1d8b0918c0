// Two labs of one topology on one engine: names, links and addresses are each lab's own, and the end of
// one is nothing to the other.

import { expect, test } from 'vitest'
import { oneVpc } from '../../fixtures/one-vpc.ts'
import { startLab } from '../lab.ts'
import type { Lab } from '../types.ts'
import { connectEngine } from './client.ts'
import { labContainers } from './labs.ts'

const { internet } = oneVpc

const nodesOf = async ({ name }: Lab): Promise<string[]> =>
  (await labContainers(await connectEngine()))
    .filter(({ lab }) => lab === name)
    .map(({ node }) => node)
    .sort()

const reaches = async (lab: Lab) => (await lab.run('vpc-a-web-1', `curl -sS -m 5 http://${internet.address}/`)).out

test('two labs of the same topology side by side do not meet, and each ends for itself', async ({ task, signal }) => {
  const ends: (() => Promise<void>)[][] = [[], []]
  const start = (mine: (() => Promise<void>)[]) =>
    startLab(oneVpc, { task, signal, onTestFinished: (end) => void mine.push(end) })
  const [one, other] = await Promise.all(ends.map(start))
  if (!one || !other) throw new Error('two labs were started')

  expect(one.name).not.toBe(other.name)
  expect(await nodesOf(one)).toEqual(await nodesOf(other))
  expect(await nodesOf(one)).toHaveLength(7)

  // What is done to the one is not done to the other.
  const silence = one.wires.endsOf('nat-gw-a-1').map((end) => ({
    heading: { end, heading: 'from' as const },
    rule: { loss: 1, duplicate: 0 },
  }))
  await one.wires.rules.impose('silence', silence)
  expect((await one.try('vpc-a-web-1', `curl -sS -m 1 http://${internet.address}/`)).exit).toBe(28)
  expect(await reaches(other)).toMatch(/^internet 203\.0\.113\.17$/m)

  await ends[0]?.[0]?.()
  expect(await nodesOf(one)).toEqual([])
  expect(await nodesOf(other)).toHaveLength(7)
  expect(await reaches(other)).toMatch(/^internet /)
  await ends[1]?.[0]?.()
  expect(await nodesOf(other)).toEqual([])
})
