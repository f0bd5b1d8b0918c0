// `npm run heal` from another process: how it tells a run, and how the run answers. Both meet in the
// patchbay, whose first process's output the runner reads.

import type { Fleet } from './fleet.ts'
import { type History, ofKind } from './history.ts'
import { PATCHBAY } from './patchbay/node.ts'

/** Names of the faults in force now. */
export function inForce({ events }: Pick<History, 'events'>): readonly string[] {
  const names = new Set<string>()
  for (const { fault, phase } of ofKind({ events }, 'fault')) {
    if (phase === 'applied') names.add(fault)
    if (phase === 'healed') names.delete(fault)
  }
  return [...names]
}

const FOLDER = '/run/gameday'
const CALL = /^heal ([0-9a-f]+)$/

/** Resolves once none of these is in force any more. */
const healed = (history: History, names: readonly string[]) =>
  new Promise<void>((resolve) => {
    const isSo = () => !inForce(history).some((name) => names.includes(name))
    if (isSo()) return resolve()
    const unwatch = history.watch(() => {
      if (!isSo()) return
      unwatch()
      resolve()
    })
  })

type Callee = {
  readonly history: History
  readonly fleet: Pick<Fleet, 'of'>
  /** Ends the run; every fault heals at once. */
  readonly abort: (why: string) => void
}

/** Ends the run when somebody calls, and answers with what was in force once it is healed. */
export function answerCalls({ history, fleet, abort }: Callee): void {
  history.watch((event) => {
    const token = event.kind === 'line' && event.node === PATCHBAY ? CALL.exec(event.line)?.[1] : undefined
    if (!token) return
    const names = inForce(history)
    abort('npm run heal')
    const answer = `mkdir -p ${FOLDER} && cat >${FOLDER}/${token}.new <<'X' && mv ${FOLDER}/${token}.new ${FOLDER}/${token}.healed\n${names.join('\n')}\nX`
    healed(history, names)
      .then(() => fleet.of(PATCHBAY).console.run(answer))
      .catch(() => undefined) // the lab has gone, and whoever called sees that
  })
}

/** Bash arguments, for any shell in the patchbay: calls its runner and prints what that healed. Exit code 1: no answer. */
export const call = (firstProcess: number, token: string): readonly string[] => [
  'bash',
  '-c',
  `echo "heal $2" >/proc/$1/fd/3 || exit 1
for i in $(seq 200); do [ ! -e ${FOLDER}/$2.healed ] || { cat ${FOLDER}/$2.healed; exit 0; }; sleep 0.05; done; exit 1`,
  'heal',
  String(firstProcess),
  token,
]
