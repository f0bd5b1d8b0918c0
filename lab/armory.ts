// Heals that wait inside a lab that stays: put there before a fault strikes, and done there when its
// time is up, whatever has become of whoever broke it.

import { randomBytes } from 'node:crypto'
import type { Console } from './engine/console.ts'
import { LabError } from './errors.ts'
import type { Bracket } from './events.ts'
import { type History, newHistory } from './history.ts'
import { type Condition, ready } from './until.ts'

/** A place where heals can wait: a node that runs, or the patchbay. */
export type Place = Pick<Console, 'node' | 'run' | 'try'>

export type Armory = {
  /** Has this bash text wait at a node or in the patchbay. Before what it heals is broken, and never after. */
  readonly arm: (at: string, heal: string) => Promise<void>
  /** How many heals wait. */
  readonly waiting: () => number
  /**
   * Heals: by `ours` where nothing has been healed in the lab yet, else by what still waits there. In
   * either case nothing waits any more.
   */
  readonly heal: (ours: () => Promise<Bracket>) => Promise<Bracket>
  /** Whether a heal was done in the lab: its time was up, or somebody healed everything. */
  readonly done: () => Promise<boolean>
}

const FOLDER = '/run/gameday'

/**
 * Bash functions of a place. Whoever moves a heal's file away does it, and nobody else. A daemon that a
 * heal starts writes where the node's first process writes, not where its runner was.
 */
const FUNCTIONS = `gameday_take() { mv ${FOLDER}/$1.heal ${FOLDER}/$1.taken 2>/dev/null; }
gameday_do() { gameday_take $1 || return 0
  exec 3>/dev/null; { exec 3>/proc/1/fd/2; } 2>/dev/null; export LINES_FD=3
  bash ${FOLDER}/$1.taken >/dev/null 2>&1 </dev/null; gameday_exit=$?
  echo "$EPOCHREALTIME $gameday_exit $1 $(cat ${FOLDER}/$1.name)" >>${FOLDER}/done; rm -f ${FOLDER}/$1.*; }`

/** Bash text, for any shell of a place: does every heal that waits, and prints a line for each: its exit code and its name. */
export const HEAL_ALL = `${FUNCTIONS}
touch ${FOLDER}/done 2>/dev/null; gameday_before=$(wc -l <${FOLDER}/done 2>/dev/null || echo 0)
for gameday_file in ${FOLDER}/*.heal; do [ -e "$gameday_file" ] && ( gameday_do $(basename "$gameday_file" .heal) ); done
[ ! -e ${FOLDER}/done ] || tail -n +$((gameday_before + 1)) ${FOLDER}/done | cut -d ' ' -f 2,4-`

/** Bash text, for any shell of a place: prints the names of the faults whose heals wait there. */
export const WAITING = `for gameday_file in ${FOLDER}/*.heal; do [ -e "$gameday_file" ] && cat "\${gameday_file%.heal}.name"; done; true`

/** What waits and has been done is cut up by blanks and lines. */
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ')

type Armed = { readonly id: string; readonly place: Place }

export type ArmoryOptions = {
  /** What is being done, for whoever asks what was healed: 'isolation of nat-gw-a-1'. */
  readonly name: string
  /** The longest that anything armed here stays broken, counted from the first arming. */
  readonly longestNs: number
  readonly at: (node: string) => Place
  readonly history: Pick<History, 'now' | 'at'>
}

export function newArmory({ name, longestNs, at, history }: ArmoryOptions): Armory {
  const armed: Armed[] = []
  const prefix = randomBytes(4).toString('hex')
  let untilNs: number | undefined

  const take = async ({ id, place }: Armed) => (await place.try(`${FUNCTIONS}\ngameday_take ${id}`)).exit === 0
  const doneWhen = async (those: readonly Armed[]): Promise<Bracket | undefined> => {
    const stamps = await Promise.all(
      those.map(async ({ id, place }) => {
        const { out } = await place.try(`grep -F ' ${id} ' ${FOLDER}/done`)
        return out.split('\n').flatMap((line) => /^(\d+)[.,](\d{6}) /.exec(line)?.slice(1, 3).join('') ?? [])
      }),
    )
    const ns = stamps.flat().map((us) => history.at(BigInt(us) * 1000n))
    if (ns.length === 0 || ns.length < those.length) return undefined
    return { fromNs: Math.min(...ns), toNs: Math.max(...ns) }
  }
  /** What somebody else has taken is being done, or has been. */
  const awaitDone = async (those: readonly Armed[]): Promise<Bracket> => {
    let done: Bracket | undefined
    const isSo: Condition = {
      name: `${name} to be healed in the lab`,
      look: async () => {
        done = await doneWhen(those)
        return { holds: done !== undefined, saw: done ? 'it is' : 'it is being done' }
      },
    }
    await ready({ history: newHistory() }, isSo, { within: '30s', every: '50ms' })
    return done ?? { fromNs: history.now(), toNs: history.now() }
  }
  /** The rest in the same way, each part once: some of it is healed in the lab, or ours cannot be. */
  const doHere = async (taken: readonly Armed[]) => {
    for (const { id, place } of taken.toReversed())
      await place.run(`bash ${FOLDER}/${id}.taken >/dev/null 2>&1 </dev/null`)
  }
  const clear = async () => {
    for (const { id, place } of armed.splice(0)) await place.try(`rm -f ${FOLDER}/${id}.*`)
  }
  return {
    arm: async (where, heal) => {
      untilNs ??= history.now() + longestNs
      const leftS = (untilNs - history.now()) / 1e9
      if (leftS <= 0) throw new LabError(`${name}: its time is up, so that nothing more may be broken`)
      const id = `${prefix}-${armed.length + 1}`
      const place = at(where)
      const file = `${FOLDER}/${id}`
      await place.run(`mkdir -p ${FOLDER} && cat >${file}.name <<'NAME' && cat >${file}.new <<'HEAL' && mv ${file}.new ${file}.heal
${oneLine(name)}
NAME
${heal}
HEAL
${FUNCTIONS}
( trap '' HUP; sleep ${leftS.toFixed(3)}; gameday_do ${id} ) >/dev/null 2>&1 </dev/null &
echo $! >${file}.timer`) // from here on a freeze of the node knows it, and leaves it running
      armed.push({ id, place })
    },
    waiting: () => armed.length,
    heal: async (ours) => {
      const mine = await Promise.all(armed.map(take))
      const taken = armed.filter((_, i) => mine[i])
      try {
        if (taken.length === armed.length) return await ours()
        await doHere(taken)
        const { fromNs, toNs } = await awaitDone(armed.filter((_, i) => !mine[i]))
        return { fromNs, toNs: taken.length > 0 ? history.now() : toNs }
      } catch (error) {
        await doHere(taken)
        throw error
      } finally {
        await clear()
      }
    },
    done: async () => armed.length > 0 && (await doneWhen(armed)) !== undefined,
  }
}
