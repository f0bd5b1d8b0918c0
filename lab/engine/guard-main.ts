// Run by guard.ts. Does nothing, and loads nothing, until its input ends.

import { text } from 'node:stream/consumers'
import { setInterval } from 'node:timers/promises'
import { RELIEVED } from './guard.ts'

/** The engine may still be creating what it was asked for: 3 s without a find are enough, 10 s are the end. */
const LOOKS = { everyMs: 250, quiet: 12, most: 40 }

async function sweepUntilQuiet(): Promise<void> {
  const { connectEngine } = await import('./client.ts')
  const { sweep } = await import('./sweep.ts')
  const engine = await connectEngine()
  let quiet = 0
  let looks = 0
  for await (const _ of setInterval(LOOKS.everyMs)) {
    quiet = (await sweep(engine)).length > 0 ? 0 : quiet + 1
    if (quiet >= LOOKS.quiet || ++looks >= LOOKS.most) return
  }
}

if ((await text(process.stdin)) !== RELIEVED) await sweepUntilQuiet()
process.exit(0)
