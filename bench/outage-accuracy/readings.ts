// What people would read from the tools that they have, for the same outages.

import type { Window } from '../../lab/loss/window.ts'

/** ns on the history's clock of a Unix time as the tools print it, '1795377714.97663'. */
export type Clock = (unixNs: bigint) => number

const unixNs = (stamp: string): bigint => {
  const [seconds = '0', fraction = ''] = stamp.split('.')
  return BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9))
}

/** How long an outage a tool tells of in a window, ns; 0: none. */
export type Reading = (window: Window) => number

const within = (ns: number, { fromNs, toNs }: Window) => ns >= fromNs && ns < toNs

/**
 * Of a tool that counts echoes: lines 'BEFORE AFTER MISSING', a line for each two answers with numbers
 * missing between. People multiply what is missing by the period.
 */
export function missingAnswers(text: string, periodNs: number, at: Clock): Reading {
  const holes = [...text.matchAll(/^(\d+\.\d+) (\d+\.\d+) (\d+)$/gm)].map(([, before = '', after = '', missing]) => ({
    atNs: (at(unixNs(before)) + at(unixNs(after))) / 2,
    missing: Number(missing),
  }))
  return (window) => holes.reduce((sum, { atNs, missing }) => sum + (within(atNs, window) ? missing * periodNs : 0), 0)
}

/** Of polls, lines 'BEGAN ENDED ok' or 'BEGAN ENDED no': from the first that failed to the next that did not. */
export function failedPolls(text: string, at: Clock): Reading {
  const polls = [...text.matchAll(/^(\d+\.\d+) (\d+\.\d+) (ok|no)$/gm)].map(([, began = '', , result]) => ({
    atNs: at(unixNs(began)),
    ok: result === 'ok',
  }))
  const outages: { readonly atNs: number; readonly lengthNs: number }[] = []
  let down: number | undefined
  for (const { atNs, ok } of polls) {
    if (!ok) down ??= atNs
    if (!ok || down === undefined) continue
    outages.push({ atNs: down, lengthNs: atNs - down })
    down = undefined
  }
  return (window) => outages.reduce((sum, { atNs, lengthNs }) => sum + (within(atNs, window) ? lengthNs : 0), 0)
}
