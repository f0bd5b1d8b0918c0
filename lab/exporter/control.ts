// Daemons asked over their control sockets (unixctl, ovs-appctl(8)), without a process for each question.

import { readFileSync } from 'node:fs'
import { connect, type Rpc } from './rpc.ts'

export type Daemon = {
  /** 'ovs-vswitchd' */
  readonly component: string
  /** '/run/openvswitch/ovs-vswitchd.pid' */
  readonly pidFile: string
  /** Where it listens; by its process number where it has no socket of its own name. */
  readonly socket: (pid: number) => string
}

/** As daemons call their sockets by themselves: '/run/ovn/ovn-northd.17.ctl'. */
export const named = (rundir: string, component: string): Daemon => ({
  component,
  pidFile: `${rundir}/${component}.pid`,
  socket: (pid) => `${rundir}/${component}.${pid}.ctl`,
})

/** Its process number, by its pid file; none where there is no such file. */
export function pidOf({ pidFile }: Daemon): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
    return pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

/** Puts questions on one connection and has all the answers; undefined for what this version does not know. */
export type Ask = (...commands: readonly string[]) => Promise<(string | undefined)[]>

/** Asks a daemon, on one connection for as long as its process lives. Rejects where it does not answer. */
export function conversation(daemon: Daemon): <T>(signal: AbortSignal, talk: (ask: Ask) => Promise<T>) => Promise<T> {
  let held: { readonly pid: number; readonly rpc: Rpc } | undefined
  const connection = async (signal: AbortSignal): Promise<Rpc> => {
    const pid = pidOf(daemon)
    if (pid === undefined) throw new Error(`${daemon.component}: no process number in ${daemon.pidFile}`)
    if (held?.pid === pid && held.rpc.open()) return held.rpc
    held?.rpc.close('its process is another')
    held = { pid, rpc: await connect(`unix:${daemon.socket(pid)}`, signal) }
    return held.rpc
  }
  return async (signal, talk) => {
    const rpc = await connection(signal)
    const giveUp = () => rpc.close('no answer')
    signal.addEventListener('abort', giveUp)
    const one = async (command: string) => {
      const [method = '', ...params] = command.split(' ')
      try {
        return String(await rpc.ask(method, params))
      } catch (error) {
        if (rpc.open()) return undefined
        throw error
      }
    }
    try {
      return await talk((...commands) => Promise.all(commands.map(one)))
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
  }
}
