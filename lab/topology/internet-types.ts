// Of what lies beyond the NAT gateways, as data: internets, how they are joined, and what is reached there.

/** The internet as it is in one region: where NAT gateways have their uplinks. */
export type Internet = {
  /** 'internet' */
  readonly name: string
  readonly as: number
  readonly address: string
  /** What it may announce beside the default lies in here, '198.18.0.0/15'; by default nothing. */
  readonly table?: string
}

/** Another region: an internet of its own, joined to the first one's by links with a BGP session each. */
export type Region = {
  readonly internet: Internet
  /** Best first. */
  readonly peerings: readonly {
    /** The first internet's end, and the other's: '100.127.1.1', '100.127.1.2'. */
    readonly address: string
    readonly peer: string
    readonly prefix: number
    /** How often each end prepends its AS there; 0 for the one that is wanted. */
    readonly prepend: number
  }[]
}

/** A service at one address of which there are several copies: whoever asks for it reaches the nearest (RFC 4786). */
export type Anycast = {
  /** 'anycast-web' */
  readonly name: string
  /** In no VPC's range, '203.0.113.1'. */
  readonly address: string
  readonly port: number
  /** Workloads that serve on this port, each announced by the NAT gateways of its VPC. */
  readonly copies: readonly string[]
}
