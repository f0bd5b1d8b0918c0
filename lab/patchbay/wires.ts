// Every link of the lab runs through one container. A link X–Y is two veth pairs, X to the patchbay
// and the patchbay to Y; a program on each patchbay end carries packets across, or drops them.
// Veths are born with both ends in their namespaces, so that they vanish with them and the host
// never sees one.

import type { Armory } from '../armory.ts'
import type { Console } from '../engine/console.ts'
import { LabError } from '../errors.ts'
import type { Bracket } from '../events.ts'
import type { History } from '../history.ts'
import type { End, Link } from '../topology/links.ts'
import { arpWatch } from '../watch/arp.ts'
import { watcher } from '../watch/hear.ts'
import { startHold } from './holds.ts'
import { watchMachine } from './machine-watch.ts'
import { PATCHBAY } from './node.ts'
import { startRing } from './ring.ts'
import { newRules, type Rules } from './rules.ts'

/** One end of a link: a device of a node, and the patchbay's device at the other end of its veth. */
export type WireEnd = {
  readonly node: string
  readonly device: string
  /** Device in the patchbay, 'w7a'. */
  readonly patch: string
  readonly ifindex: number
}

export type Wire = { readonly link: Link; readonly ends: readonly WireEnd[] }

/** What the program counted for one direction of a link. Stamps are ns since the epoch; null: no drop. */
export type Count = {
  readonly passed: number
  readonly dropped: number
  readonly firstNs: number | null
  readonly lastNs: number | null
}

/** Packets that enter the link at this node, or leave it there. */
export type Heading = { readonly end: End; readonly heading: 'from' | 'to' }

export type Wires = {
  readonly all: () => readonly Wire[]
  readonly named: (link: string) => Wire
  /** The ends that a node has. */
  readonly endsOf: (node: string) => readonly WireEnd[]
  /** Makes the links anew that have an end at one of these nodes; pids by node. */
  readonly connect: (nodes: readonly string[], pid: (node: string) => number) => Promise<void>
  /** What happens to packets, by direction. */
  readonly rules: Rules
  readonly count: (heading: Heading) => Promise<Count>
  /** Calls back after links were made anew. */
  readonly onChange: (listener: () => void) => () => void
  /** No rule is left, whoever imposed it. */
  readonly carryAll: () => Promise<void>
  /** Carrier of the patchbay's ends, and so of the nodes' devices. */
  readonly carrier: (ends: readonly WireEnd[], up: boolean) => Promise<Bracket>
}

const EGRESS = 0x80000000
const PIN = '/run/bpf/wire'

/**
 * Starts the program and its switch in a new patchbay. In one that runs already, of a lab that was
 * left to stay, the program and its maps are there; the switch is started anew and the links found.
 * With an armory, what undoes a strike waits in the patchbay before it strikes.
 */
export async function newWires(
  console: Console,
  links: readonly Link[],
  history: History,
  armory?: Pick<Armory, 'arm'>,
): Promise<Wires> {
  const patchOf = (link: Link, i: number) => `w${links.indexOf(link)}${'ab'[i]}`
  const { out: found } = await console.run(`set -e
if [ ! -e ${PIN} ]; then
mkdir -p /run/bpf; mount -t bpf bpf /run/bpf
bpftool prog loadall /usr/local/bin/wire.o ${PIN} type tc pinmaps /run/bpf/maps
ip link add fabric type bridge; ip link set fabric up
${startHold(PIN)}
${startRing}
${watcher('arp', arpWatch(links, patchOf))}
fi
coproc WIRECTL { exec wirectl 2>&1; }
set +e
ip -o link`)
  await watchMachine(console, history)
  const wires = new Map<string, Wire>()
  /** Notes the ends that these links have by a listing of the patchbay's devices; index 0: that node is gone. */
  const note = (those: readonly Link[], listing: string) => {
    const index = new Map([...listing.matchAll(/^(\d+): (w\d+[ab])@/gm)].map(([, n, patch]) => [patch, Number(n)]))
    for (const link of those) {
      const ends = link.ends.map((end, i) => ({
        ...end,
        patch: patchOf(link, i),
        ifindex: index.get(patchOf(link, i)) ?? 0,
      }))
      if (ends.some(({ ifindex }) => ifindex > 0)) wires.set(link.name, { link, ends })
    }
  }
  note(links, found)
  const listeners = new Set<() => void>()

  /** One request to wirectl; its answer without the leading `ok`. */
  const ask = async (request: string): Promise<bigint[]> => {
    const { out } = await console.run(
      `echo ${JSON.stringify(request)} >&\${WIRECTL[1]}; IFS= read -r -t 5 -u \${WIRECTL[0]} reply; echo "$reply"`,
    )
    const [word, ...rest] = out.trim().split(' ')
    if (word !== 'ok') throw new LabError(`patchbay: wirectl answered '${out.trim()}' to: ${request.slice(0, 80)}`)
    return rest.map(BigInt)
  }
  const peerOf = ({ link }: Wire, end: WireEnd) =>
    link.fabric ? 0 : (wires.get(link.name)?.ends.find((other) => other !== end)?.ifindex ?? 0)
  /** The end as it is now: its node may have been made anew. */
  const endNow = ({ node, device }: End): { wire: Wire; end: WireEnd } => {
    for (const wire of wires.values())
      for (const end of wire.ends) if (end.node === node && end.device === device) return { wire, end }
    throw new LabError(`${node}:${device} is no end of a link that is up now`)
  }
  /** Where packets of a direction are met, and where they go from there. */
  const cell = ({ end: named, heading }: Heading): { key: number; peer: number } => {
    const { wire, end } = endNow(named)
    if (wire.link.fabric) return { key: heading === 'from' ? end.ifindex : end.ifindex + EGRESS, peer: 0 }
    const near = heading === 'from' ? end : wire.ends.find((other) => other !== end)
    if (!near) throw new LabError(`${wire.link.name} has one end only`)
    return { key: near.ifindex, peer: peerOf(wire, near) }
  }

  const keysOf = ({ link, ends }: Wire): number[] =>
    ends.flatMap(({ ifindex }) => (link.fabric ? [ifindex, ifindex + EGRESS] : [ifindex]))
  const rules = newRules({
    ask,
    history,
    arm: (undo) => armory?.arm(PATCHBAY, undo),
    keyOf: (heading) => cell(heading).key,
    deviceOf: (key) =>
      [...wires.values()].flatMap(({ ends }) => ends).find(({ ifindex }) => ifindex === key % EGRESS)?.patch ??
      'a device that is gone',
  })

  const connect: Wires['connect'] = async (nodes, pid) => {
    const mine = links.filter(({ ends }) => ends.some(({ node }) => nodes.includes(node)))
    const ends = mine.flatMap((link) =>
      link.ends.map((end, i) => ({
        ...end,
        link,
        patch: patchOf(link, i),
        made: nodes.includes(end.node),
      })),
    )
    const made = ends.filter((end) => end.made)
    const ip = made.flatMap(({ node, device, patch, link }) => [
      `link add ${patch} type veth peer name ${device} netns ${pid(node)}`,
      `link set ${patch} ${link.fabric ? 'master fabric ' : ''}up alias ${node}:${device}`,
    ])
    const tc = made.flatMap(({ patch, link }) => [
      `qdisc add dev ${patch} clsact`,
      `filter add dev ${patch} ingress bpf da object-pinned ${PIN}/wire_in`,
      ...(link.fabric ? [`filter add dev ${patch} egress bpf da object-pinned ${PIN}/wire_out`] : []),
    ])
    // A node that died takes its own ends along, but the engine may take a moment to bury it.
    const leftovers = made.map(({ patch }) => `ip link del ${patch} 2>/dev/null`).join('; ')
    const offload = made
      .map(({ patch }) => `ethtool -K ${patch} tx off tso off gso off gro off sg off >/dev/null`)
      .join('; ')
    const { out } = await console.run(
      `${leftovers}; ip -batch - <<'X' && tc -batch - <<'Y' && { ${offload}; ip -o link; }\n${ip.join('\n')}\nX\n${tc.join('\n')}\nY`,
      { within: '60s' },
    )
    const old = [...wires.values()].filter(({ link }) => mine.includes(link)).flatMap(keysOf)
    note(mine, out)
    const orders = mine.flatMap(({ name }) => {
      const wire = wires.get(name)
      return (wire?.ends ?? []).flatMap((end) => {
        const headings: Heading[] = [
          { end, heading: 'from' },
          ...(wire?.link.fabric ? [{ end, heading: 'to' } as const] : []),
        ]
        return headings.map((heading) => cell(heading))
      })
    })
    for (let i = 0; i < orders.length; i += 64)
      await ask(
        `set ${orders
          .slice(i, i + 64)
          .map(({ key, peer }) => `${key} ${peer}`)
          .join(' ')}`,
      )
    await rules.renew()
    const kept = new Set([...wires.values()].flatMap(keysOf))
    const gone = old.filter((key) => !kept.has(key))
    if (gone.length > 0) await ask(`del ${gone.join(' ')}`)
    for (const listener of listeners) listener()
  }

  return {
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    all: () => [...wires.values()],
    named: (name) => {
      const wire = [...wires.values()].find(
        ({ link, ends }) => link.name === name || ends.some((e) => `${e.node}:${e.device}` === name),
      )
      if (!wire) throw new LabError(`no link ${name} is up`)
      return wire
    },
    endsOf: (node) => [...wires.values()].flatMap(({ ends }) => ends.filter((end) => end.node === node)),
    connect,
    rules,
    carryAll: async () => void (await ask('clear')),
    count: async (heading) => {
      const [passed = 0n, dropped = 0n, first = 0n, last = 0n] = await ask(`get ${cell(heading).key}`)
      const stamp = (ns: bigint) => (ns === 0n ? null : history.at(ns))
      return { passed: Number(passed), dropped: Number(dropped), firstNs: stamp(first), lastNs: stamp(last) }
    },
    carrier: async (ends, up) => {
      const batch = (state: 'up' | 'down') =>
        `ip -batch - <<'X'\n${ends.map(({ patch }) => `link set ${patch} ${state}`).join('\n')}\nX`
      if (!up) await armory?.arm(PATCHBAY, batch('up'))
      return (await console.run(batch(up ? 'up' : 'down'))).bracket
    },
  }
}
