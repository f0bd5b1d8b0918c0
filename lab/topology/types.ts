// A topology is data: what stands where, with which address. No functions.

export type Tier = 'web' | 'app' | 'db' | 'test'
export type Protocol = 'tcp' | 'udp' | 'icmp'

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
  /** How often it prepends its AS in both directions; 0 for the active one. */
  readonly prepend: number
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

export type Vpc = {
  /** 'vpc-a' */
  readonly name: string
  /** 'tenant-1' */
  readonly tenant: string
  /** Every subnet of the VPC lies in it, '10.0.0.0/16'. */
  readonly cidr: string
  /** The logical router, 'lr-vpc-a'. */
  readonly router: string
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
  }
  /** What may reach a tier; all else is refused as `deny` says. */
  readonly allow: readonly Allow[]
  readonly deny: Readonly<Record<Tier, 'drop' | 'reject'>>
}

/** Bidirectional Forwarding Detection (RFC 5880): detection time = intervalMs × multiplier. */
export type Bfd = { readonly intervalMs: number; readonly multiplier: number }

export type Timers = {
  /** Of every BGP session. */
  readonly bfd: Bfd
  /** Of the Geneve tunnels, by which a gateway port fails over. */
  readonly tunnelBfd: Bfd
  readonly bgp: {
    readonly keepaliveS: number
    readonly holdS: number
    readonly connectRetryS: number
    readonly advertisementS: number
  }
}

export type Topology = {
  /** 'two-vpcs' */
  readonly name: string
  /** The underlay: a bridge that joins central and the chassis. */
  readonly fabric: { readonly cidr: string }
  readonly central: { readonly name: string; readonly address: string }
  readonly chassis: readonly Chassis[]
  readonly internet: { readonly name: string; readonly as: number; readonly address: string }
  /** The network between VPCs, joined by a router of its own. */
  readonly transit?: {
    readonly switch: string
    readonly cidr: string
    readonly router: string
    readonly address: string
    readonly mac: string
  }
  /** By short name: `vpcs.a`. */
  readonly vpcs: Readonly<Record<string, Vpc>>
  readonly timers: Timers
}
