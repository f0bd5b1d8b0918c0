// Brings the reference lab up once, in a process of its own as a test does, says how long that took and
// what its containers are made of, and takes it down.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { twoVpcs } from '../../fixtures/two-vpcs.ts'
import { connectEngine } from '../../lab/engine/client.ts'
import { labContainers } from '../../lab/engine/labs.ts'
import { reason } from '../../lab/errors.ts'
import type { Event } from '../../lab/events.ts'
import { startLab } from '../../lab/lab.ts'
import type { Shape } from './bare.ts'

export type Once = { readonly readyNs: number; readonly events: readonly Event[]; readonly shapes: readonly Shape[] }

const asked = process.hrtime.bigint()
try {
  await using lab = await startLab(twoVpcs)
  const readyNs = Number(process.hrtime.bigint() - asked)
  const [, ...events] = readFileSync(join(lab.evidence, 'history.jsonl'), 'utf8').trimEnd().split('\n')
  const engine = await connectEngine()
  const mine = (await labContainers(engine)).filter((container) => container.lab === lab.name)
  const shapes = await Promise.all(
    mine.map(async ({ id }): Promise<Shape> => {
      const { Config, HostConfig } = await engine.getContainer(id).inspect()
      return { Config, HostConfig }
    }),
  )
  const once: Once = { readyNs, events: events.map((line) => JSON.parse(line) as Event), shapes }
  process.stdout.write(JSON.stringify(once))
} catch (thrown) {
  console.error(reason(thrown))
  process.exitCode = 1
}
