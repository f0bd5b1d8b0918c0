// ICMP echo between all pairs of some nodes, by fping.

import { ScenarioError } from '../lab/errors.ts'
import type { IcmpOptions as Program } from '../lab/programs/icmp.ts'
import { toNs } from '../lab/time.ts'
import { nodeNamed } from '../lab/topology/nodes.ts'
import { expectations } from '../lab/topology/policy.ts'
import type { Topology } from '../lab/topology/types.ts'
import { addressOf, checkEnds, labelsOf } from './ends.ts'
import { startGenerator } from './generator.ts'
import { durationBetween, type PerSecond, parsePerSecond } from './rates.ts'
import { several } from './several.ts'
import { requestsAnswered, requestsSustained } from './steadiness.ts'
import type { Traffic } from './traffic.ts'

export type IcmpOptions = {
  readonly from: string | readonly string[]
  readonly to: string | readonly string[]
  /** Echo requests of each pair each second, '5/s' by default. */
  readonly rate?: PerSecond
  /** An answer that takes longer counts as lost, '1s' by default. */
  readonly timeout?: `${number}${'ms' | 's'}`
  /** Send what the topology's policy denies as well; without this, such pairs are left out. */
  readonly denied?: boolean
  /** How long nothing may be lost before the flow counts as recovered for good, '3s' by default. */
  readonly sustainedFor?: `${number}s`
}

const list = (of: string | readonly string[]): readonly string[] => (typeof of === 'string' ? [of] : of)

/** 'a', 'a and b', 'a, b and 3 more' */
function few(names: readonly string[]): string {
  if (names.length <= 2) return names.join(' and ')
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`
}

/** Every pair of two different nodes that is to be sent. Throws ScenarioError where the policy leaves none. */
function pairsIn(topology: Topology, { from, to, denied = false }: IcmpOptions): (readonly [string, string])[] {
  for (const node of [...list(from), ...list(to)]) checkEnds(topology, 'icmp', [node])
  const answered = new Set(
    expectations(topology)
      .filter(({ protocol, expect }) => protocol === 'icmp' && expect === 'answered')
      .map((pair) => `${pair.from} ${pair.to}`),
  )
  const all = [...new Set(list(from))].flatMap((a) =>
    [...new Set(list(to))].filter((b) => b !== a).map((b) => [a, b] as const),
  )
  const pairs = all.filter(([a, b]) => denied || answered.has(`${a} ${b}`))
  if (pairs.length > 0) return pairs
  const why = all.length === 0 ? 'that leaves no pair of two nodes' : `the policy of ${topology.name} denies all`
  throw new ScenarioError(`icmp from ${few(list(from))} to ${few(list(to))}: ${why}`)
}

/** One node's part: fping with all of its targets. */
function fromOne(from: string, targets: readonly string[], options: IcmpOptions): Traffic {
  const rate = parsePerSecond('echo requests', options.rate ?? '5/s', 100)
  const timeoutNs = durationBetween('timeout of echo requests', options.timeout ?? '1s', '10ms', '10s')
  const sustainedNs = toNs(options.sustainedFor ?? '3s')
  const name = `icmp ${from} → ${few(targets)}`
  return {
    name,
    check: ({ topology }) => void nodeNamed(topology, from),
    start: (lab, of) => {
      const program: Program = {
        targets: Object.fromEntries(targets.map((to) => [`${from} → ${to}`, addressOf(lab.topology, to)])),
        rate,
        timeoutMs: timeoutNs / 1e6,
      }
      const labels = targets.map((to) => labelsOf(lab.topology, from, to))
      const { toTier, ...ours } = labels[0] ?? {}
      return startGenerator(lab, {
        about: {
          flow: name,
          ...(of !== undefined && { of }),
          generator: 'icmp',
          from,
          to: few(targets),
          ...ours,
          ...(toTier && labels.every((each) => each.toTier === toTier) && { toTier }),
          asked: rate * targets.length,
          unit: 'echoes',
          toldAfterNs: timeoutNs,
        },
        programs: () => [{ node: from, program: 'icmp', side: 'client', options: program }],
        answered: ({ samples }) => requestsAnswered(samples),
        sustained: ({ samples }, forNs) => requestsSustained(samples, forNs),
        sustainedNs,
      })
    },
  }
}

/**
 * ICMP echo between all pairs of these nodes that the topology's policy allows; loss and round-trip time
 * are told pair by pair.
 */
export function icmp(options: IcmpOptions): Traffic {
  const { from, to } = options
  const same = list(from).join() === list(to).join()
  const name = `icmp ${same ? `among ${few(list(from))}` : `${few(list(from))} → ${few(list(to))}`}`
  return several(name, (topology) => {
    const bySource = Map.groupBy(pairsIn(topology, options), ([source]) => source)
    return [...bySource].map(([source, pairs]) =>
      fromOne(
        source,
        pairs.map(([, target]) => target),
        options,
      ),
    )
  })
}
