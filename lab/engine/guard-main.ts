// Run by guard.ts, with the runner's `owner()` as its argument. Does nothing, and loads nothing, until its input ends.

import { text } from 'node:stream/consumers'
import { setInterval } from 'node:timers/promises'
import { RELIEVED } from './guard.ts'

/** The engine may still be creating what it was asked for: 3 s without a find are enough, 10 s are the end. */
const LOOKS = { everyMs: 250, quiet: 12, most: 40 }

async function sweepUntilQuiet(maker: string): Promise<void> {
  const { connectEngine } = await import('./client.ts')
  const { sweep } = await import('./sweep.ts')
  const engine = await connectEngine()
  let quiet = 0
  let looks = 0
  for await (const _ of setInterval(LOOKS.everyMs)) {
    quiet = (await sweep(engine, maker)).length > 0 ? 0 : quiet + 1
    if (quiet >= LOOKS.quiet || ++looks >= LOOKS.most) return
  }
}

const maker = process.argv[2] ?? ''
if ((await text(process.stdin)) !== RELIEVED) await sweepUntilQuiet(maker)
process.exit(0)
