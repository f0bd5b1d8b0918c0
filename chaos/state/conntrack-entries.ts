// The kernel's table of connections, as conntrack(8) lists it.

import type { Lab } from '../../lab/types.ts'

export type Tuple = {
  readonly src: string
  readonly dst: string
  /** None for what has no ports. */
  readonly sport?: number
  readonly dport?: number
}

export type Entry = {
  /** The kernel's own number of it: one that is forgotten and made anew has another. */
  readonly id: string
  /** 'tcp' */
  readonly protocol: string
  /** Of TCP, 'ESTABLISHED'. */
  readonly state?: string
  readonly original: Tuple
  /** Answers come so: its destination is what SNAT made of the source. */
  readonly reply: Tuple
  /** Whether an answer was seen. */
  readonly replied: boolean
}

/** Bash text that lists them, IPv4. */
export const LIST = 'conntrack -L -f ipv4 -o extended,id 2>/dev/null'

const tuple = (pairs: readonly (readonly [string, string])[]): Tuple => {
  const of = Object.fromEntries(pairs)
  return {
    src: of.src ?? '',
    dst: of.dst ?? '',
    ...(of.sport && { sport: Number(of.sport) }),
    ...(of.dport && { dport: Number(of.dport) }),
  }
}

/** Reads what `LIST` prints. */
export function entriesIn(out: string): readonly Entry[] {
  return out.split('\n').flatMap((line): Entry[] => {
    const [, protocol] = /^ipv4\s+2\s+(\w+)/.exec(line) ?? []
    const [, state] = /^ipv4\s+2\s+tcp\s+6\s+\d+\s+([A-Z_0-9]+)/.exec(line) ?? []
    const pairs = [...line.matchAll(/\b(src|dst|sport|dport|id)=(\S+)/g)].map(
      ([, key = '', value = '']) => [key, value] as const,
    )
    const second = pairs.findIndex(([key], i) => i > 0 && key === 'src')
    const id = pairs.findLast(([key]) => key === 'id')?.[1] // an echo has a number of its own before
    if (!protocol || !id || second < 0) return []
    return [
      {
        id,
        protocol,
        ...(state && { state }),
        original: tuple(pairs.slice(0, second)),
        reply: tuple(pairs.slice(second)),
        replied: !line.includes('[UNREPLIED]'),
      },
    ]
  })
}

export const entriesOn = async (lab: Pick<Lab, 'run'>, node: string): Promise<readonly Entry[]> =>
  entriesIn((await lab.run(node, LIST)).out)
