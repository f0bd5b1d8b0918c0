// What an exporter is the exporter of: a chassis, or the central databases and northd.

import type { Prefix, Watched } from './daemon-samples.ts'
import type { Samples } from './samples.ts'
import type { Reading, Source } from './source.ts'

export type Subject = {
  readonly prefix: Prefix
  /** Of the node it runs on: the chassis' name, or the host's. */
  readonly systemId: () => string
  readonly sources: readonly Source<unknown>[]
  readonly daemons: readonly Watched[]
  /** Those without which `ovs_up` or `ovn_up` is 0. */
  readonly needed: readonly Watched[]
  /** Asks every source and adds what they said; returns how each did. */
  readonly look: (samples: Samples) => Promise<ReadonlyMap<string, Reading<unknown>>>
}
