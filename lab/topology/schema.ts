// The shape of a topology, and what each of its texts and numbers may be. What the parts owe each
// other is in rules/.

import { z } from 'zod'
import { isAddress, isCidr, network } from './ipv4.ts'
import type { Topology } from './types.ts'

/** A text with a rule of its own; `wrong` says what is wrong with it, if anything is. */
const text = (wrong: (value: string) => string | undefined) =>
  z.string().superRefine((value, context) => {
    const message = wrong(value)
    if (message) context.addIssue({ code: 'custom', message: `'${value}' ${message}` })
  })

const name = text((value) =>
  /^[a-z][a-z0-9-]{0,39}$/.test(value)
    ? undefined
    : 'is not a name; wanted a lower-case letter, then letters, digits and hyphens, 40 at most',
)

const address = text((value) => (isAddress(value) ? undefined : 'is not an IPv4 address, such as 10.0.1.10'))

const cidr = text((value) => {
  if (!isCidr(value)) return 'is not an IPv4 prefix, such as 10.0.1.0/24'
  const right = network(value).cidr
  return value === right ? undefined : `has host bits set; the network is ${right}`
})

const mac = text((value) => {
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(value))
    return 'is not a MAC address in lower case, such as 02:00:00:01:01:0a'
  // The lowest bit of the first octet marks a group (IEEE 802), which no interface can be.
  return Number.parseInt(value.slice(0, 2), 16) % 2 === 0
    ? undefined
    : 'is a multicast MAC address; its first octet must be even'
})

const tier = z.enum(['web', 'app', 'db', 'test'])
const denial = z.enum(['drop', 'reject'])
// Four octets (RFC 6793); both ends of the range are reserved (RFC 7607, RFC 7300).
const as = z
  .int()
  .min(1)
  .max(2 ** 32 - 2)
// RFC 5880, section 4.1: an octet, not zero; intervals in the protocol are microseconds of 32 bits.
const bfd = (leastMs: number) =>
  z.strictObject({ intervalMs: z.int().min(leastMs).max(4_294_967), multiplier: z.int().min(1).max(255) })
/** bfdd knows no shorter one, and falls back to 300 ms. */
const FRR_LEAST_MS = 10

// RFC 4271: hold time is zero or at least three seconds (4.2), keepalives a third of it (10).
const bgp = z
  .strictObject({
    keepaliveS: z.int().min(1).max(65_535),
    holdS: z.int().min(0).max(65_535),
    connectRetryS: z.int().min(1).max(65_535),
    advertisementS: z.int().min(0).max(600),
  })
  .superRefine(({ keepaliveS, holdS }, context) => {
    if (holdS === 0 || holdS >= 3 * keepaliveS) return
    const message = `must be 0 or at least 3 × keepaliveS = ${3 * keepaliveS}, was ${holdS}`
    context.addIssue({ code: 'custom', path: ['holdS'], message })
  })

// What ospfd takes: hellos of 1 s to 65535 s, throttles of whole milliseconds (ospf_vty.c).
const throttle = (most: number) => z.int().min(0).max(most)
const ospf = z
  .strictObject({
    helloS: z.int().min(1).max(65_535),
    deadS: z.int().min(1).max(65_535),
    spf: z.strictObject({ delayMs: throttle(600_000), holdMs: throttle(600_000), maxHoldMs: throttle(600_000) }),
    lsa: z.strictObject({ intervalMs: throttle(5000), arrivalMs: throttle(5000) }),
    retransmitS: z.int().min(1).max(65_535),
  })
  .superRefine(({ helloS, deadS, spf, lsa }, context) => {
    const flaw = (path: readonly string[], message: string) =>
      context.addIssue({ code: 'custom', path: [...path], message })
    if (deadS <= helloS)
      flaw(['deadS'], `must be longer than helloS ${helloS}, or every neighbour is lost, was ${deadS}`)
    if (spf.maxHoldMs < spf.holdMs)
      flaw(['spf', 'maxHoldMs'], `must be at least holdMs ${spf.holdMs}, was ${spf.maxHoldMs}`)
    if (lsa.arrivalMs > lsa.intervalMs)
      flaw(
        ['lsa', 'arrivalMs'],
        `must be at most intervalMs ${lsa.intervalMs}, or news are refused, was ${lsa.arrivalMs}`,
      )
  })

const subnet = z.strictObject({
  name,
  cidr,
  gateway: address,
  mac,
  tier: z.exactOptional(tier),
  later: z.exactOptional(z.literal(true)),
})
const serves = z.exactOptional(z.int().min(1).max(65_535))
const workload = z.strictObject({ name, tier, chassis: name, subnet: name, address, mac, serves })
const uplink = z.strictObject({ address, peer: address, prefix: z.int().min(1).max(31) })
const gateway = z.strictObject({
  name,
  chassis: name,
  address,
  mac,
  as,
  prepend: z.int().min(0),
  publicAddress: z.exactOptional(address),
  uplink,
})
const speaker = z.strictObject({ name, chassis: name, address, mac })
const allow = z.strictObject({ from: z.enum([...tier.options, 'vpc', 'internet']), to: tier })

// OVN takes whole seconds (ovn-nb(5), Load_Balancer_Health_Check).
const seconds = z.int().min(1).max(3600)
const health = z.strictObject({
  source: address,
  intervalS: seconds,
  timeoutS: seconds,
  successCount: z.int().min(1).max(100),
  failureCount: z.int().min(1).max(100),
})
const port = z.int().min(1).max(65_535)
const loadBalancer = z.strictObject({
  name,
  address,
  port,
  public: z.exactOptional(z.boolean()),
  backends: z.array(name).min(1),
  health,
})

const vpc = z.strictObject({
  name,
  tenant: name,
  cidr,
  router: name,
  internet: z.exactOptional(name),
  as,
  publicAddress: address,
  publicRange: cidr,
  transit: z.exactOptional(z.strictObject({ address, mac })),
  subnets: z.array(subnet),
  workloads: z.array(workload),
  nat: z.strictObject({
    subnet: name,
    chassis: z.array(name).min(1),
    gateways: z.array(gateway).min(1),
    speakers: z.array(speaker),
    egress: z.exactOptional(z.literal('static')),
    learnsTable: z.exactOptional(z.boolean()),
  }),
  loadBalancers: z.exactOptional(z.array(loadBalancer).min(1)),
  allow: z.array(allow),
  deny: z.strictObject({ web: denial, app: denial, db: denial, test: denial }),
})

const internet = z.strictObject({ name, as, address, table: z.exactOptional(cidr) })
const region = z.strictObject({
  internet,
  peerings: z.array(z.strictObject({ ...uplink.shape, prepend: z.int().min(0) })).min(1),
})

export const topologySchema = z.strictObject({
  name,
  fabric: z.strictObject({ cidr }),
  central: z.strictObject({ name, address, peers: z.exactOptional(z.array(z.strictObject({ name, address })).min(1)) }),
  chassis: z.array(z.strictObject({ name, address, witness: z.exactOptional(z.boolean()) })).min(1),
  internet,
  regions: z.exactOptional(z.array(region).min(1)),
  anycast: z.exactOptional(z.strictObject({ name, address, port, copies: z.array(name).min(1) })),
  transit: z.exactOptional(z.strictObject({ switch: name, cidr, router: name, address, mac })),
  monitor: z.exactOptional(z.strictObject({ name, network: cidr })),
  vpcs: z.record(name, vpc),
  timers: z.strictObject({
    bfd: z.exactOptional(bfd(FRR_LEAST_MS)),
    tunnelBfd: bfd(1),
    // RFC 4724 §3: twelve bits; FRR takes no zero.
    gracefulRestart: z.exactOptional(
      z.strictObject({ restartS: z.int().min(1).max(4095), bfd: z.enum(['heeded', 'ignored']) }),
    ),
    bgp,
    ospf: z.exactOptional(ospf),
    // What ovsdb-server takes: 100 ms to 10 min (ovsdb/raft.c).
    raft: z.exactOptional(z.strictObject({ electionMs: z.int().min(100).max(600_000) })),
  }),
}) satisfies z.ZodType<Topology>
