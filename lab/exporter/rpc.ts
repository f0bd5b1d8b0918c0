// JSON-RPC 1.0 over a socket (RFC 7047 §4.1): what OVSDB servers speak, and daemons on their control
// sockets (ovs-appctl(8)).

import { connect as connectPlain } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { jsonStream } from '../ovn/json-stream.ts'

/** PEM texts for `ssl:` remotes. */
export type Tls = { readonly key?: string; readonly cert?: string; readonly ca?: string }

export type Rpc = {
  /** Resolves with the answer. Rejects with what the other side says is wrong, or when the connection ends. */
  readonly ask: (method: string, params: readonly unknown[]) => Promise<unknown>
  /** Ends the connection: whatever is asked rejects with `why`. */
  readonly close: (why: string) => void
  readonly open: () => boolean
}

type Message = {
  readonly id?: unknown
  readonly method?: string
  readonly params?: readonly unknown[]
  readonly result?: unknown
  readonly error?: unknown
}

/** Where a remote is, as Open vSwitch writes it (ovsdb(7)): 'unix:/run/x.sock', 'tcp:172.20.0.2:6642', 'ssl:[::1]:6642'. */
export function endpoint(remote: string): { readonly path: string } | { readonly host: string; readonly port: number } {
  const [, kind, rest = ''] = /^(unix|tcp|ssl):(.+)$/.exec(remote) ?? []
  if (kind === 'unix') return { path: rest }
  const [, host = '', port] = /^(.+):(\d+)$/.exec(rest) ?? []
  if (!kind || !host) throw new Error(`no remote: '${remote}'; take unix:PATH, tcp:HOST:PORT or ssl:HOST:PORT`)
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) }
}

const said = (error: unknown): string =>
  typeof error === 'string' ? error.trim() : ((error as { details?: string }).details ?? JSON.stringify(error))

/** Connects; `onNotice` has what the other side says unasked. Rejects when it cannot, or when the signal aborts first. */
export function connect(
  remote: string,
  signal: AbortSignal,
  {
    tls = {},
    onNotice,
  }: { readonly tls?: Tls; readonly onNotice?: (method: string, params: readonly unknown[]) => void } = {},
): Promise<Rpc> {
  return new Promise((resolve, reject) => {
    const at = endpoint(remote)
    const socket = remote.startsWith('ssl:') ? connectTls({ ...at, ...tls }) : connectPlain(at)
    const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
    let open = true
    let asked = 0
    const end = (error: Error) => {
      open = false
      socket.destroy()
      reject(error)
      for (const each of waiting.values()) each.reject(error)
      waiting.clear()
    }
    const abort = () => end(new Error(`${remote}: no connection in time`))
    let unsent = ''
    // What is said in one breath is sent in one: a daemon gets a dozen questions at once.
    const send = (message: object) => {
      if (unsent === '') queueMicrotask(flush)
      unsent += JSON.stringify(message)
    }
    const flush = () => {
      socket.write(unsent)
      unsent = ''
    }
    const take = ({ id, method, params = [], result, error }: Message) => {
      if (method === 'echo') return void send({ id, result: params, error: null })
      if (method) return onNotice?.(method, params)
      const asker = waiting.get(Number(id))
      waiting.delete(Number(id))
      if (error === null || error === undefined) asker?.resolve(result)
      else asker?.reject(new Error(said(error)))
    }
    socket.on(
      'data',
      jsonStream((value) => take(value as Message)),
    )
    socket.on('error', (error) => end(new Error(`${remote}: ${error.message}`)))
    socket.on('close', () => end(new Error(`${remote}: it closed the connection`)))
    signal.addEventListener('abort', abort)
    socket.on(remote.startsWith('ssl:') ? 'secureConnect' : 'connect', () => {
      signal.removeEventListener('abort', abort)
      resolve({
        ask: (method, params) =>
          new Promise((answer, refuse) => {
            if (!open) return refuse(new Error(`${remote}: the connection is closed`))
            asked++
            waiting.set(asked, { resolve: answer, reject: refuse })
            send({ id: asked, method, params })
          }),
        close: (why) => end(new Error(`${remote}: ${why}`)),
        open: () => open,
      })
    })
  })
}
