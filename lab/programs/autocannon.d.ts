// autocannon brings no types. Its client, as far as it is used here: one connection that sends the
// requests of its options one after the other, so many each second.

declare module 'autocannon/lib/httpClient.js' {
  import type { EventEmitter } from 'node:events'
  import type { Socket } from 'node:net'

  type ClientOptions = {
    readonly hostname: string
    readonly port: number
    readonly requests: readonly {
      readonly method: string
      readonly path: string
      readonly body?: string
      /** Called just before 'response' is told. */
      readonly onResponse: (status: number, body: string) => void
    }[]
    /** Requests each second at most, a whole number. */
    readonly rate?: number
    /** Requests in all at most; then it is done. */
    readonly responseMax?: number
    /** Seconds without an answer. */
    readonly timeout: number
    /** Called with the new client before it sends anything. */
    readonly setupClient: (client: Client) => void
  }

  /** Tells 'request', 'response' (status, bytes, ms), 'timeout', 'connError' (error) and 'done'. */
  type Client = EventEmitter & { readonly conn: Socket; readonly destroy: () => void }

  const client: new (options: ClientOptions) => Client
  export = client
}
