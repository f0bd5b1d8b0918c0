// What a NAT gateway does to the addresses of connections that begin: nothing, the wrong thing, or it has
// no port left. Where a rule is wrong, connections that are there keep what they were given for as long as
// they are remembered.

import { LabError, ScenarioError } from '../../lab/errors.ts'
import { quote } from '../../lab/quote.ts'
import { isAddress } from '../../lab/topology/ipv4.ts'
import { nodeNamed } from '../../lab/topology/nodes.ts'
import type { Vpc } from '../../lab/topology/types.ts'
import { publicAddressAt } from '../../lab/topology/vpcs.ts'
import type { Lab } from '../../lab/types.ts'
import { type Condition, reached } from '../../lab/until.ts'
import type { Applied, Fault } from '../fault.ts'
import { linkBetween } from '../links.ts'
import { assertRole } from './conntrack.ts'
import { type Entry, entriesOn } from './conntrack-entries.ts'
import { frameSeen } from './frames.ts'

const WHY = 'SNAT is done at NAT gateways'
const CHAIN = 'ip nat postrouting'

function vpcOf(lab: Pick<Lab, 'topology'>, gateway: string): Vpc {
  assertRole(lab, gateway, 'gateway', WHY)
  const { vpc } = nodeNamed(lab.topology, gateway)
  if (vpc) return vpc
  throw new ScenarioError(`${gateway} is the gateway of no VPC`)
}

/** A rule of a chain, as nft(8) lists it, and its handle. */
type Rule = { readonly text: string; readonly handle: string }

async function rulesOn(lab: Lab, gateway: string): Promise<readonly Rule[]> {
  const { out } = await lab.run(gateway, `nft -s -a list chain ${CHAIN}`)
  return [...out.matchAll(/^\s+(.*snat to .*) # handle (\d+)$/gm)].map(([, text = '', handle = '']) => ({
    text,
    handle,
  }))
}

/** The one rule that makes the VPC's public address of inside ones. */
async function theirs(lab: Lab, gateway: string): Promise<Rule> {
  const [rule, another] = await rulesOn(lab, gateway)
  if (rule && !another) return rule
  throw new LabError(`${gateway} has ${rule ? 'several rules' : 'no rule'} of SNAT; something else is in force there`)
}

/** What our own rule has met, by its counter. */
async function met(lab: Lab, gateway: string, comment: string): Promise<number | undefined> {
  const { out } = await lab.run(gateway, `nft list chain ${CHAIN}`)
  const line = out.split('\n').find((each) => each.includes(`"${comment}"`))
  return line === undefined ? undefined : Number(/counter packets (\d+)/.exec(line)?.[1] ?? 0)
}

/** Bash text that takes the rule with this comment away, where there is one. */
const without = (comment: string) =>
  `handle=$(nft -a list chain ${CHAIN} | sed -n 's/.*"${comment}".* # handle \\([0-9]*\\)$/\\1/p'); [ -z "$handle" ] || nft delete rule ${CHAIN} handle $handle`

const gone = (gateway: string, comment: string): Condition<Lab> => ({
  name: `the rule to be gone from ${gateway}`,
  look: async (lab) => {
    const count = await met(lab, gateway, comment)
    return { holds: count === undefined, saw: count === undefined ? 'it is gone' : `it has met ${count} connections` }
  },
})

type Before = {
  readonly gateway: string
  readonly comment: string
  /** What it does with a connection's addresses, 'snat to 203.0.113.18'. */
  readonly verdict: string
  readonly effective: Condition<Lab>
}

/** A rule before the gateway's own, for the same packets: what begins now meets it alone. */
async function ruleBefore(lab: Lab, { gateway, comment, verdict, effective }: Before): Promise<Applied> {
  const { cidr } = vpcOf(lab, gateway)
  await theirs(lab, gateway)
  await lab.armory?.arm(gateway, without(comment))
  const rule = `oifname "eth1" ip saddr ${cidr} meta l4proto { tcp, udp } counter ${verdict} comment "${comment}"`
  const { bracket } = await lab.run(gateway, `nft ${quote(`insert rule ${CHAIN} ${rule}`)}`)
  return {
    bracket,
    effective,
    heal: async () => (await lab.run(gateway, without(comment))).bracket,
    restored: gone(gateway, comment),
  }
}

/**
 * SNAT to an address that is not the VPC's: what begins now leaves under it, and its answers go wherever that
 * address lives. Proved by the counter of the rule that does it.
 */
export const snatWrong = (gateway: string, { address }: { readonly address: string }): Fault => {
  if (!isAddress(address)) throw new ScenarioError(`no IPv4 address: '${address}'`)
  const comment = 'gameday: SNAT to a wrong address'
  return {
    name: `SNAT to ${address} on ${gateway}`,
    targets: [gateway],
    check: (lab) => {
      if (publicAddressAt(vpcOf(lab, gateway), gateway) === address)
        throw new ScenarioError(`${address} is the public address of ${gateway}: that would change nothing`)
    },
    apply: (lab) =>
      ruleBefore(lab, {
        gateway,
        comment,
        verdict: `snat to ${address}`,
        effective: {
          name: `connections to leave ${gateway} as ${address}`,
          look: async () => {
            const count = (await met(lab, gateway, comment)) ?? 0
            return { holds: count > 0, saw: `${count} connections` }
          },
        },
      }),
  }
}

/** Most ports that a pool is made of. */
const POOL = 16

/** The connections that hold a port towards whomever most do: a port is taken towards one address and port at a time. */
function holders(entries: readonly Entry[], publicAddress: string): readonly Entry[] {
  const held = entries.filter(
    ({ protocol, state, reply }) => protocol === 'tcp' && state === 'ESTABLISHED' && reply.dst === publicAddress,
  )
  const towards = Map.groupBy(held, ({ original }) => `${original.dst} ${original.dport}`)
  return [...towards.values()].sort((a, b) => b.length - a.length)[0] ?? []
}

/** One that is held is there still so much later: those that come and go for one exchange are not. */
const LIVES_NS = 1e9

/** Connections that live, of which each holds a port. */
async function living(lab: Lab, gateway: string): Promise<readonly Entry[]> {
  const before = new Set((await entriesOn(lab, gateway)).map(({ id }) => id))
  await reached(lab, lab.history.now() + LIVES_NS)
  return (await entriesOn(lab, gateway)).filter(({ id }) => before.has(id))
}

/** New connections that the kernel dropped because their address and port was somebody else's (conntrack(8), -S). */
async function refused(lab: Lab, gateway: string): Promise<number> {
  const { out } = await lab.run(gateway, 'conntrack -S')
  return [...out.matchAll(/\binsert_failed=(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0)
}

/**
 * SNAT out of ports: the pool holds no other ports than living TCP connections hold, so that a new one to
 * where they go finds none, and its SYN is dropped without a word. Those that live go on. Proved by the
 * connections that the kernel could not enter. Throws LabError, when it strikes, where no connection lives.
 */
export const snatExhausted = (gateway: string): Fault => {
  const comment = 'gameday: SNAT without a free port'
  return {
    name: `exhaustion of SNAT ports on ${gateway}`,
    targets: [gateway],
    check: (lab) => void vpcOf(lab, gateway),
    apply: async (lab) => {
      const publicAddress = publicAddressAt(vpcOf(lab, gateway), gateway)
      const held = holders(await living(lab, gateway), publicAddress).slice(0, POOL)
      if (held.length === 0) throw new LabError(`no TCP connection lives through ${gateway}: no port of it is taken`)
      const ports = held.map(({ reply }, i) => `${i} : ${reply.dport}`).join(', ')
      const before = await refused(lab, gateway)
      return ruleBefore(lab, {
        gateway,
        comment,
        verdict: `snat to ${publicAddress} : numgen inc mod ${held.length} map { ${ports} }`,
        effective: {
          name: `new connections to find no port on ${gateway}`,
          look: async () => {
            const count = (await refused(lab, gateway)) - before
            return { holds: count > 0, saw: `${count} refused, all ${held.length} ports taken` }
          },
        },
      })
    },
  }
}

/**
 * A NAT gateway without its rule of SNAT: packets leave with inside addresses, to which nobody outside has a
 * route. Not only those of connections that begin: nftables has the kernel track connections for as long as
 * a rule needs it (net/netfilter/nf_conntrack_proto.c, nf_ct_netns_put), so that with the last such rule
 * connections that live lose their address too. Proved by a packet with an inside address at the far end.
 */
export const snatLost = (gateway: string): Fault => ({
  name: `loss of the SNAT rule of ${gateway}`,
  targets: [gateway],
  check: (lab) => void vpcOf(lab, gateway),
  apply: async (lab) => {
    const { cidr } = vpcOf(lab, gateway)
    const internet = lab.topology.internet.name
    const far = linkBetween(lab.topology, gateway, internet).ends.find(({ node }) => node === internet)?.device ?? ''
    const rule = await theirs(lab, gateway)
    // As it was found, and only where it is not: twice would be one too many.
    const back = `nft -s list chain ${CHAIN} | grep -qF ${quote(rule.text)} || nft ${quote(`insert rule ${CHAIN} ${rule.text}`)}`
    await lab.armory?.arm(gateway, back)
    const { bracket } = await lab.run(gateway, `nft delete rule ${CHAIN} handle ${rule.handle}`)
    return {
      bracket,
      effective: {
        name: `packets with inside addresses at ${internet}`,
        look: async () => {
          const seen = await frameSeen(lab, internet, far, `src net ${cidr}`)
          return { holds: seen, saw: seen ? `one from ${cidr}` : 'none' }
        },
      },
      heal: async () => (await lab.run(gateway, back)).bracket,
      restored: {
        name: `the rule of SNAT to be back on ${gateway}`,
        look: async () => {
          const rules = await rulesOn(lab, gateway)
          return { holds: rules.some(({ text }) => text === rule.text), saw: `${rules.length} rules of SNAT` }
        },
      },
    }
  },
})
