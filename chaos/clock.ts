// The wall clock of one daemon, put forward or back: the kernel has one for all, so that it is the library that lies.

import { ScenarioError } from '../lab/errors.ts'
import { leave } from '../lab/nodes/daemon.ts'
import { type Duration, human, toNs } from '../lab/time.ts'
import type { Lab } from '../lab/types.ts'
import type { Condition } from '../lab/until.ts'
import type { Fault } from './fault.ts'
import { assertDaemon, daemonOf, servesAgain } from './processes.ts'

export type Skew = `${'+' | '-'}${Duration}`

/** Less could be how long ago the daemon last wrote into its log. */
const LEAST_NS = 10e9

function skewNs(by: Skew): number {
  const size = /^[+-]/.test(by) ? toNs(by.slice(1) as Duration) : 0
  if (size >= LEAST_NS) return by.startsWith('-') ? -size : size
  throw new ScenarioError(`clockSkew was given '${by}'; write + or - and 10s at least, as in '+1min'`)
}

/** Bash text that starts a daemon under another wall clock. Timers run by the monotonic one, which stays. */
const skewed = (
  start: string,
  ns: number,
) => `( export FAKETIME=${ns < 0 ? '' : '+'}${ns / 1e9} FAKETIME_DONT_FAKE_MONOTONIC=1
export LD_PRELOAD=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1)
${start}
)`

/** Every daemon but these has a log of its own, named by its role, with a date on each line. */
const UNDATED = ['nginx', 'prober']

/** Bash text that prints how many seconds the last line of the daemon's log is ahead of the node's clock. */
const ahead = (role: string) => `gameday_last=$(tail -q -n 1 /var/log/*/${role}*.log |
grep -oE '^[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[T ][0-9:]{8}') &&
echo $(( $(date -u -d "$(echo "$gameday_last" | tr / - | tr T ' ')" +%s) - $(date +%s) ))`

const bySelf = (node: string, role: string, ns: number): Condition<Lab> => ({
  name: `${role} on ${node} to write its log ${human(Math.abs(ns))} ${ns < 0 ? 'late' : 'early'}`,
  look: async (lab) => {
    const { exit, out } = await lab.try(node, ahead(role))
    const off = Number(out) - ns / 1e9
    return exit === 0
      ? { holds: Math.abs(off) < LEAST_NS / 2e9, saw: `its log is ${out.trim()} s ahead` }
      : { holds: false, saw: 'its log has no line with a time' }
  },
})

/**
 * The wall clock of one daemon is wrong, by libfaketime. The daemon is restarted under it, and again to heal: what
 * that costs is part of this fault. Timers do not mind: OVN, OVS and FRR count by the monotonic clock, which goes on
 * as it was; what minds is what is written down with a date, and compared elsewhere.
 */
export const clockSkew = (node: string, role: string, by: Skew): Fault => ({
  name: `clock of ${role} on ${node} off by ${by}`,
  targets: [node],
  check: (lab) => {
    skewNs(by)
    assertDaemon(lab, node, role)
    if (UNDATED.includes(role)) throw new ScenarioError(`${role} dates nothing: a wrong clock would not show in it`)
  },
  apply: async (lab) => {
    const daemon = daemonOf(lab, node, role)
    const again = daemon.revive ?? daemon.start
    const back = `{ ${leave(daemon)}; true; }\n${again}`
    await lab.armory?.arm(node, back)
    const { bracket } = await lab.run(node, `{ ${leave(daemon)}; true; }\n${skewed(again, skewNs(by))}`, {
      within: '30s',
    })
    return {
      bracket,
      effective: bySelf(node, role, skewNs(by)),
      heal: async () => (await lab.run(node, back, { within: '30s' })).bracket,
      restored: servesAgain(node, daemon),
    }
  },
})
