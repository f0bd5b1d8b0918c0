import { pidOf } from '../lab/nodes/daemon.ts'
import { nodeNamed } from '../lab/topology/nodes.ts'
import type { Lab } from '../lab/types.ts'
import type { Condition } from '../lab/until.ts'
import { all } from './compose/together.ts'
import type { Fault } from './fault.ts'
import { serves } from './kill.ts'

/**
 * Bash text that freezes every process of the node at one instant, but its init and the shell that does it:
 * to signal -1 is one call of the kernel (kill(2)), and so no process sees another one gone. What waits here to
 * heal goes on counting.
 */
const FREEZE = `kill -STOP -1
for gameday_timer in $(cat /run/gameday/*.timer 2>/dev/null); do kill -CONT $gameday_timer $(pgrep -P $gameday_timer); done; true`

/** Bash text that prints the processes that are stopped. */
const STOPPED = "sed -n '/^State:[[:space:]]*T/!d;F' /proc/[0-9]*/status 2>/dev/null | cut -d / -f 3"

/** Bash text that lets all go on but these, which somebody else stopped. */
const thaw = (but: readonly string[]) =>
  but.length === 0
    ? 'kill -CONT -1'
    : `for gameday_pid in $(${STOPPED}); do case " ${but.join(' ')} " in *" $gameday_pid "*) ;; *) kill -CONT $gameday_pid;; esac; done; true`

/** All daemons of the node are stopped, or none. */
const daemons = (node: string, stopped: boolean): Condition<Lab> => ({
  name: `the daemons of ${node} to be ${stopped ? 'stopped' : 'running'}`,
  look: async (lab) => {
    const own = lab.daemons(node)
    const states = own.map(
      (daemon) =>
        `sed -n 's/^State:[[:space:]]*\\(.\\).*/\\1/p' /proc/$(${pidOf(daemon)})/status 2>/dev/null || echo -`,
    )
    const found = (await lab.try(node, states.join('\n'))).out.trim().split('\n')
    const frozen = found.filter((state) => state === 'T').length
    return { holds: frozen === (stopped ? own.length : 0), saw: `${frozen} of ${own.length} daemons are stopped` }
  },
})

/**
 * Freeze of a node: every process of it stops at one instant, and none is told. This is no partition: its
 * kernel goes on forwarding by the routes, the neighbours and the NAT that it has, and answers ARP and ping;
 * only what daemons say falls silent, BFD and BGP first. On a chassis the switch itself is a process, and so
 * its forwarding stops as well. By SIGSTOP and not by the engine's pause: that would freeze the shell too that
 * ends the container when the runner dies, and what waits inside to heal.
 */
export const pause = (node: string): Fault => ({
  name: `freeze of ${node}`,
  targets: [node],
  check: ({ topology }) => void nodeNamed(topology, node),
  apply: async (lab) => {
    const before = (await lab.try(node, STOPPED)).out.trim().split('\n').filter(Boolean)
    await lab.armory?.arm(node, thaw(before))
    const { bracket } = await lab.run(node, FREEZE)
    return {
      bracket,
      effective: daemons(node, true),
      heal: async () => (await lab.run(node, thaw(before))).bracket,
      restored: all([...(before.length === 0 ? [daemons(node, false)] : []), serves(node)]),
    }
  },
})
