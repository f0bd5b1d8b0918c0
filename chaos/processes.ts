// Faults on one daemon of a node, while the others go on: dead, frozen, restarted.

import { ScenarioError } from '../lab/errors.ts'
import type { Bracket } from '../lab/events.ts'
import { type Daemon, pidOf } from '../lab/nodes/daemon.ts'
import { planNodes } from '../lab/nodes/index.ts'
import { alternatives } from '../lab/topology/alternatives.ts'
import { nodeNamed } from '../lab/topology/nodes.ts'
import type { Lab } from '../lab/types.ts'
import type { Condition } from '../lab/until.ts'
import { all } from './compose/together.ts'
import type { Applied, Fault } from './fault.ts'
import { serves } from './kill.ts'

/** Throws ScenarioError for a node or a daemon that is not there, naming those that are. */
export function assertDaemon({ topology }: Pick<Lab, 'topology'>, node: string, role: string): void {
  nodeNamed(topology, node)
  const roles = (planNodes(topology).get(node)?.daemons ?? []).map((daemon) => daemon.role)
  if (!roles.includes(role))
    throw new ScenarioError(`no daemon '${role}' on ${node}; it runs ${alternatives(role, roles)}`)
}

export const daemonOf = (lab: Lab, node: string, role: string): Daemon => {
  assertDaemon(lab, node, role)
  const daemon = lab.daemons(node).find((each) => each.role === role)
  if (!daemon) throw new ScenarioError(`no daemon '${role}' on ${node}`)
  return daemon
}

const daemonServes = (node: string, daemon: Daemon): Condition<Lab> => ({
  name: `${daemon.role} on ${node} to serve`,
  look: async (lab) => {
    const { exit } = await lab.try(node, `${pidOf(daemon)} >/dev/null && { ${daemon.serves}\n} >/dev/null 2>&1`)
    return { holds: exit === 0, saw: exit === 0 ? 'it serves' : 'it does not answer' }
  },
})

/** Every daemon of a node serves. */
export const daemonsServe = (node: string): Condition<Lab> => ({
  name: `the daemons of ${node} to serve`,
  look: async (lab) => all(lab.daemons(node).map((daemon) => daemonServes(node, daemon))).look(lab),
})

/** Serves as before: the daemon itself, and where it routes, the sessions of its node. */
export function servesAgain(node: string, daemon: Daemon): Condition<Lab> {
  const itself = daemonServes(node, daemon)
  return {
    name: itself.name,
    look: async (lab) => {
      const { role } = nodeNamed(lab.topology, node)
      const routes = role === 'gateway' || role === 'internet' || role === 'chassis'
      return all(routes ? [itself, serves(node)] : [itself]).look(lab)
    },
  }
}

/** What the kernel says of a process: 'S (sleeping)'; nothing for one that is gone. */
const stateOf = async (lab: Lab, node: string, pid: string) =>
  (await lab.try(node, `sed -n 's/^State:[[:space:]]*//p' /proc/${pid}/status 2>/dev/null`)).out.trim()

const signal = async (lab: Lab, node: string, daemon: Daemon, name: string) => {
  const pid = (await lab.run(node, pidOf(daemon))).out.trim()
  // Its children are part of it: nginx's workers would go on serving, and hold its port.
  const { bracket } = await lab.run(node, `kill -${name} ${pid} $(pgrep -P ${pid})`)
  return { pid, bracket }
}

/** Tells it to end as its service does; SIGTERM for those of which that is all. */
const farewell = async (lab: Lab, node: string, daemon: Daemon, name: string) => {
  if (!daemon.leave) return signal(lab, node, daemon, name)
  const pid = (await lab.run(node, pidOf(daemon))).out.trim()
  return { pid, bracket: (await lab.run(node, daemon.leave)).bracket }
}

/** Bash text that starts a daemon, unless somebody has. */
const unlessItRuns = (daemon: Daemon) => `${pidOf(daemon)} >/dev/null || { ${daemon.revive ?? daemon.start}\n}`

const startAgain = async (lab: Lab, node: string, daemon: Daemon): Promise<Bracket> =>
  (await lab.run(node, daemon.revive ?? daemon.start, { within: '30s' })).bracket

/** Death of one daemon: SIGKILL, which lets it say and put away nothing. Healing starts it again on its own state. */
export const killProcess = (node: string, role: string): Fault => ({
  name: `death of ${role} on ${node}`,
  targets: [node],
  check: (lab) => assertDaemon(lab, node, role),
  apply: async (lab): Promise<Applied> => {
    const daemon = daemonOf(lab, node, role)
    await lab.armory?.arm(node, unlessItRuns(daemon))
    const { pid, bracket } = await signal(lab, node, daemon, 'KILL')
    return {
      bracket,
      effective: {
        name: `${role} on ${node} to be gone`,
        look: async () => {
          const state = await stateOf(lab, node, pid)
          // The first thread may be dead while others still hold the files, and the lock on the pid file with them.
          const threads = state.startsWith('Z') && (await lab.try(node, `ls /proc/${pid}/task | wc -l`)).out.trim()
          const gone = state === '' || threads === '1' || threads === '0'
          return { holds: gone, saw: gone ? `process ${pid} is gone` : `process ${pid} is ${state}` }
        },
      },
      heal: () => startAgain(lab, node, daemon),
      restored: servesAgain(node, daemon),
    }
  },
})

/** One daemon frozen: SIGSTOP. Its sockets stay open and its sessions stay up until somebody misses it. */
export const freezeProcess = (node: string, role: string): Fault => ({
  name: `freeze of ${role} on ${node}`,
  targets: [node],
  check: (lab) => assertDaemon(lab, node, role),
  apply: async (lab): Promise<Applied> => {
    const daemon = daemonOf(lab, node, role)
    await lab.armory?.arm(node, `pid=$(${pidOf(daemon)}) && kill -CONT $pid $(pgrep -P $pid)`)
    const { pid, bracket } = await signal(lab, node, daemon, 'STOP')
    return {
      bracket,
      effective: {
        name: `${role} on ${node} to be stopped`,
        look: async () => {
          const state = await stateOf(lab, node, pid)
          return { holds: state.startsWith('T'), saw: `process ${pid} is ${state || 'gone'}` }
        },
      },
      heal: async () => (await lab.run(node, `kill -CONT ${pid} $(pgrep -P ${pid})`)).bracket,
      restored: servesAgain(node, daemon),
    }
  },
})

/** How a daemon is told to end: by SIGTERM, or in the way that its package's service does. */
export type Restart = { readonly by?: 'signal' | 'service' }

/**
 * One daemon restarted, as an upgrade or an operator does: SIGTERM, and started again as soon as it is
 * gone. It ends by itself, when the daemon has been started; `ended` of what inject returns tells. By its
 * service some do more on their way out: ovn-controller takes its chassis out of the SB.
 */
export const restartProcess = (node: string, role: string, { by = 'signal' }: Restart = {}): Fault => ({
  name: `restart of ${role} on ${node}${by === 'service' ? ' by its service' : ''}`,
  ends: 'once it has been started again',
  targets: [node],
  check: (lab) => assertDaemon(lab, node, role),
  apply: async (lab): Promise<Applied> => {
    const daemon = daemonOf(lab, node, role)
    await lab.armory?.arm(node, unlessItRuns(daemon))
    const { pid, bracket } = await (by === 'service' ? farewell : signal)(lab, node, daemon, 'TERM')
    const started = (async () => {
      await lab.run(node, `tail --pid=${pid} -s 0.01 -f /dev/null`, { within: '30s' })
      return startAgain(lab, node, daemon)
    })()
    void started.catch(() => undefined) // told by `over`
    return {
      bracket,
      effective: {
        name: `another ${role} on ${node}`,
        look: async () => {
          await started
          const now = (await lab.try(node, pidOf(daemon))).out.trim()
          return { holds: now !== '' && now !== pid, saw: `process ${now || 'none'}, before ${pid}` }
        },
      },
      heal: () => started,
      restored: servesAgain(node, daemon),
      over: started,
    }
  },
})
