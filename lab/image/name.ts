// The lab image's name says what is in it: another Dockerfile, wire, program or Debian suite is another
// name, so that nobody measures with yesterday's image.

import { createHash } from 'node:crypto'
import { type Inputs, inputs } from './context.ts'

/** Debian's release that the lab is made of. */
export const defaultSuite = 'trixie'

/** Twelve hex digits of all inputs and the suite, whatever the order of the files. */
export function fingerprint(inputs: Inputs, suite: string): string {
  const hash = createHash('sha256').update(suite)
  for (const path of Object.keys(inputs).sort()) {
    const content = inputs[path] ?? ''
    hash.update(`\0${path}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex').slice(0, 12)
}

/** 'ovn-gameday-lab:trixie-0123456789ab': the image that every node of a lab runs. */
export const imageName = (suite: string = process.env.GAMEDAY_SUITE || defaultSuite): string =>
  `ovn-gameday-lab:${suite}-${fingerprint(inputs(), suite)}`

/** 'debian:trixie-slim': what the lab image is built on. */
export const baseImageName = (suite: string): string => `debian:${suite}-slim`
