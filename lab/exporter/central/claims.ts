// When ports changed hands. The SB does not say: the exporter counts what it hears of, and when.

import type { Change } from '../replica.ts'

export type Claims = {
  readonly hear: (change: Change) => void
  /** Of a row of Port_Binding, since the SB is followed. `at`: Unix time of the newest, s. */
  readonly of: (uuid: string) => { readonly count: number; readonly at?: number }
}

export function newClaims(now: () => number = () => Date.now() / 1000): Claims {
  const heard = new Map<string, { count: number; at: number }>()
  return {
    hear: ({ table, uuid, before, after }) => {
      if (table !== 'Port_Binding') return
      if (!after) heard.delete(uuid)
      else if ((before?.chassis ?? null) !== after.chassis)
        heard.set(uuid, { count: (heard.get(uuid)?.count ?? 0) + 1, at: now() })
    },
    of: (uuid) => heard.get(uuid) ?? { count: 0 },
  }
}
