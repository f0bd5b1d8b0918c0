// A topology is data: what stands where, with which address. No functions.

import type { Anycast, Internet, Region } from './internet-types.ts'

export type { Anycast, Internet, Region } from './internet-types.ts'

export type Tier = 'web' | 'app' | 'db' | 'test'
export type Protocol = 'tcp' | 'udp' | 'icmp'

/** A node running the NB and SB databases and northd. */
export type Central = {
  /** 'central' */
  readonly name: string
  /** On the fabric, '172.20.0.2'. */
  readonly address: string
}

/** A node running ovn-controller and userspace OVS. */
export type Chassis = {
  /** 'chassis-1' */
  readonly name: string
  /** Geneve endpoint on the fabric, '172.20.0.11'. */
  readonly address: string
  /** Member of the gateway HA groups without workloads, so that two gateway chassis can tell which of them is cut off. */
  readonly witness?: boolean
}

/** A logical switch of a VPC, with the port of the VPC's router on it. */
export type Subnet = {
  /** 'ls-vpc-a-web' */
  readonly name: string
  /** '10.0.1.0/24' */
  readonly cidr: string
  /** The router's address there, '10.0.1.1'. */
  readonly gateway: string
  /** The router's MAC there, 00:00:00:VPC:subnet:01. */
  readonly mac: string
  /** What the workloads on it are, if it has any. */
  readonly tier?: Tier
  /** Not in the NB yet when the lab is ready: `addSubnet` writes it, with the ports on it, while the lab runs. */
  readonly later?: true
}

export type Workload = {
  /** 'vpc-a-web-1' */
  readonly name: string
  readonly tier: Tier
  readonly chassis: string
  /** Name of the logical switch it is on. */
  readonly subnet: string
  readonly address: string
  /** 02:00:00:VPC:tier:host */
  readonly mac: string
  /** TCP port that it serves HTTP on; none for a generator. */
  readonly serves?: number
}

/** A node that does SNAT between a VPC's nat subnet and the internet, and speaks BGP to both sides. */
export type NatGateway = {
  /** 'nat-gw-a-1' */
  readonly name: string
  readonly chassis: string
  /** On the nat subnet, '10.0.255.254'. */
  readonly address: string
  readonly mac: string
  /** Autonomous system number, 65011. */
  readonly as: number
  /** How often it prepends its AS in both directions; 0 for the active one, and for both where each has an address of its own. */
  readonly prepend: number
  /** What the internet sees of those who leave through it; by default the VPC's, which its gateways then share. */
  readonly publicAddress?: string
  /** The point-to-point link to the internet. */
  readonly uplink: { readonly address: string; readonly peer: string; readonly prefix: number }
}

/** A BGP speaker of OVN's routes: an ordinary logical port of the nat subnet in its chassis' namespace. */
export type Speaker = {
  /** 'speaker-a-1' */
  readonly name: string
  readonly chassis: string
  readonly address: string
  readonly mac: string
}

/** Allowed: these sources may open connections to this tier. `vpc` is any address of the same VPC. */
export type Allow = { readonly from: Tier | 'vpc' | 'internet'; readonly to: Tier }

/**
 * A load balancer of OVN's for TCP, on every logical switch of the VPC that has workloads. Its backends are
 * probed by the chassis that host them; of those that answer, a connection gets one.
 */
export type LoadBalancer = {
  /** 'lb-vpc-a-web' */
  readonly name: string
  /** Its virtual address, in none of the VPC's subnets, '10.0.250.10'. */
  readonly address: string
  readonly port: number
  /** Whether the internet reaches it too, at the VPC's public address: its NAT gateways then do DNAT to it. */
  readonly public?: boolean
  /** Workloads of one subnet, each on the port that it serves. */
  readonly backends: readonly string[]
  readonly health: {
    /** Where probes come from: an address of the backends' subnet that nobody has, '10.0.1.254'. */
    readonly source: string
    /** From one probe of a backend to the next. */
    readonly intervalS: number
    /** A probe that is not answered for so long has failed. */
    readonly timeoutS: number
    /** So many in a row bring a backend back. */
    readonly successCount: number
    /** So many in a row take it out. */
    readonly failureCount: number
  }
}

export type Vpc = {
  /** 'vpc-a' */
  readonly name: string
  /** 'tenant-1' */
  readonly tenant: string
  /** Every subnet of the VPC lies in it, '10.0.0.0/16'. */
  readonly cidr: string
  /** The logical router, 'lr-vpc-a'. */
  readonly router: string
  /** Name of the region's internet that its NAT gateways have their uplinks to; by default the first one's. */
  readonly internet?: string
  /** AS of its speakers, 65100. */
  readonly as: number
  /** The address that the internet sees, shared by its NAT gateways, '203.0.113.17'. */
  readonly publicAddress: string
  /** The range the public address comes from, '203.0.113.16/28'. */
  readonly publicRange: string
  /** The router's port on the transit switch, where there is one. */
  readonly transit?: { readonly address: string; readonly mac: string }
  readonly subnets: readonly Subnet[]
  readonly workloads: readonly Workload[]
  readonly nat: {
    /** The nat subnet's logical switch, one of `subnets`. */
    readonly subnet: string
    /** Chassis that may hold the gateway port `cr-lrp-…`, best first; a witness last. */
    readonly chassis: readonly string[]
    readonly gateways: readonly NatGateway[]
    readonly speakers: readonly Speaker[]
    /**
     * How its router finds the way out. 'static': by defaults in the NB, each watched by OVN's own BFD with its gateway;
     * active gateways have the two halves of it, 0.0.0.0/1 and 128.0.0.0/1, which a standby's 0.0.0.0/0 stands in for. Without
     * it, by a default that it learns over BGP.
     */
    readonly egress?: 'static'
    /** Whether its gateways learn the internet's table as well; a default alone by default. */
    readonly learnsTable?: boolean
  }
  readonly loadBalancers?: readonly LoadBalancer[]
  /** What may reach a tier; all else is refused as `deny` says. */
  readonly allow: readonly Allow[]
  readonly deny: Readonly<Record<Tier, 'drop' | 'reject'>>
}

/** Bidirectional Forwarding Detection (RFC 5880): detection time = intervalMs × multiplier. */
export type Bfd = { readonly intervalMs: number; readonly multiplier: number }

/** Open Shortest Path First (RFC 2328), as FRR's ospfd is told. */
export type Ospf = {
  /** A neighbour that was not heard for so long is lost (appendix C.3). */
  readonly helloS: number
  readonly deadS: number
  /** A change waits so long, and longer where the last calculation was less than the hold time ago; that grows up to the most. */
  readonly spf: { readonly delayMs: number; readonly holdMs: number; readonly maxHoldMs: number }
  /** An LSA is not originated anew sooner (MinLSInterval), nor a newer one of a neighbour's believed (MinLSArrival). */
  readonly lsa: { readonly intervalMs: number; readonly arrivalMs: number }
  /** What a neighbour does not acknowledge, or refused because it came too soon, is sent again after so long (RxmtInterval). */
  readonly retransmitS: number
}

export type GracefulRestart = {
  /** Peers keep the routes of one that is gone for so long, unless it is back before. */
  readonly restartS: number
  /** What a gateway's peers make of the end of its BFD: the end of its path; or, as its C bit is clear, that of its control plane (RFC 5882 §4.3). */
  readonly bfd: 'heeded' | 'ignored'
}

export type Timers = {
  /** Of every BGP session and OSPF adjacency. Without it, they end by their hold time and dead interval alone. */
  readonly bfd?: Bfd
  /** Of the Geneve tunnels, by which a gateway port fails over. */
  readonly tunnelBfd: Bfd
  readonly bgp: {
    readonly keepaliveS: number
    readonly holdS: number
    readonly connectRetryS: number
    readonly advertisementS: number
  }
  /** Of the graceful restart of BGP speakers, who preserve their forwarding state (RFC 4724). Without it, routes go with their session. */
  readonly gracefulRestart?: GracefulRestart
  /** Of OSPF between the NAT gateways and the internet, which they then speak in place of BGP. */
  readonly ospf?: Ospf
  /**
   * Of a cluster of central nodes: a member that has heard no leader for this long, and up to a second of its
   * own choice more, stands for election (ovsdb/raft.c). OVSDB's default is 1000.
   */
  readonly raft?: { readonly electionMs: number }
}

export type Topology = {
  /** 'two-vpcs' */
  readonly name: string
  /** The underlay: a bridge that joins central and the chassis. */
  readonly fabric: { readonly cidr: string }
  readonly central: Central & {
    /** The other members of its cluster (OVSDB's RAFT), where it is one: an odd number in all. */
    readonly peers?: readonly Central[]
  }
  readonly chassis: readonly Chassis[]
  readonly internet: Internet
  readonly regions?: readonly Region[]
  readonly anycast?: Anycast
  /** The network between VPCs, joined by a router of its own. */
  readonly transit?: {
    readonly switch: string
    readonly cidr: string
    readonly router: string
    readonly address: string
    readonly mac: string
  }
  /** A node with Prometheus, and the network out of band by which it reaches whatever has exporters. */
  readonly monitor?: {
    /** 'monitor' */
    readonly name: string
    /** '192.0.2.0/24' */
    readonly network: string
  }
  /** By short name: `vpcs.a`. */
  readonly vpcs: Readonly<Record<string, Vpc>>
  readonly timers: Timers
}
