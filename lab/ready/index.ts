import { everyBackendOnline } from '../conditions/balance.ts'
import { clusterWhole } from '../conditions/cluster.ts'
import type { Lab } from '../types.ts'
import { ready } from '../until.ts'
import { exportersScraped } from './exporters.ts'
import {
  bfdUp,
  bgpEstablished,
  chassisRegistered,
  configurationUnderstood,
  defaultsLearned,
  flowsInstalled,
  portsUp,
  routesInKernels,
  routesQuiet,
} from './facts.ts'
import { ospfFull } from './ospf.ts'
import { tcpOnEveryPath } from './paths.ts'

/** Twice the slowest loop seen between FRR and OVN, which turns 20 times a second. */
const QUIET_NS = 100e6

/** Waits until the lab is proved ready, fact by fact. Throws LabError with the one that was missing. */
export async function awaitReady(lab: Lab): Promise<void> {
  await ready(lab, clusterWhole, { within: '30s', every: '100ms' })
  await ready(lab, chassisRegistered, { within: '30s' })
  await ready(lab, portsUp, { within: '30s' })
  await ready(lab, configurationUnderstood, { within: '1s' })
  await ready(lab, routesInKernels(), { within: '60s', every: '100ms' })
  await ready(lab, defaultsLearned, { within: '30s' })
  await ready(lab, flowsInstalled, { within: '30s', every: '100ms' })
  await Promise.all([
    ready(lab, bgpEstablished(), { within: '30s', every: '250ms' }),
    ready(lab, ospfFull(), { within: '60s', every: '250ms' }),
    ready(lab, bfdUp(), { within: '30s', every: '250ms' }),
    ready(lab, tcpOnEveryPath, { within: '30s', every: '250ms' }),
  ])
  // On a busy machine the looks above take long enough for a session to flap under them; one that is
  // back has not brought its routes back yet.
  await ready(lab, routesInKernels(), { within: '30s', every: '100ms' })
  await ready(lab, defaultsLearned, { within: '30s' })
  await ready(lab, routesQuiet(QUIET_NS), { within: '30s' })
  await ready(lab, everyBackendOnline, { within: '30s' })
  await ready(lab, exportersScraped, { within: '30s', every: '200ms' })
}
