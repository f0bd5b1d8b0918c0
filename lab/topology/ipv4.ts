// IPv4 arithmetic on numbers of 32 bits. Addresses and prefixes are texts everywhere else.

/** A range of addresses with a common prefix. */
export type Network = {
  /** '10.0.1.0/24', host bits clear. */
  readonly cidr: string
  readonly prefix: number
  /** Its own address, 10.0.1.0. */
  readonly first: number
  /** Its broadcast address, 10.0.1.255. */
  readonly last: number
}

// No leading zeros: some tools read them as octal.
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const ADDRESS = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`)
const CIDR = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}/(?:3[0-2]|[12]?\\d)$`)

export const isAddress = (text: string): boolean => ADDRESS.test(text)

/** Whether it reads as address/prefix; host bits may be set. */
export const isCidr = (text: string): boolean => CIDR.test(text)

const numberOf = (address: string): number => address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)

const addressOf = (number: number): string => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.')

/** The network that an address with a prefix is in: '10.0.1.7/24' gives 10.0.1.0/24. */
export const network = (cidr: string): Network => {
  const [address = '', prefixText = ''] = cidr.split('/')
  const prefix = Number(prefixText)
  const size = 2 ** (32 - prefix)
  const first = Math.floor(numberOf(address) / size) * size
  return { cidr: `${addressOf(first)}/${prefix}`, prefix, first, last: first + size - 1 }
}

/** The nth address of a network: 10 in 10.0.1.0/24 is 10.0.1.10. */
export const host = (of: Network, n: number): string => addressOf(of.first + n)

export const contains = (outer: Network, inner: Network): boolean =>
  outer.first <= inner.first && inner.last <= outer.last

export const overlap = (a: Network, b: Network): boolean => a.first <= b.last && b.first <= a.last

/** Whether an interface may have the address: in the network, and neither its own nor its broadcast address. */
export const isHost = (of: Network, address: string): boolean => {
  const number = numberOf(address)
  // A /31 has two hosts and nothing else (RFC 3021), a /32 is one address.
  if (of.prefix >= 31) return of.first <= number && number <= of.last
  return of.first < number && number < of.last
}

/** The first host that is free, looking upwards from an address of the network, or from its start. */
export const freeHost = (of: Network, taken: ReadonlySet<string>, from: string): string | undefined => {
  const size = of.last - of.first + 1
  const wanted = numberOf(from) - of.first
  const start = wanted >= 0 && wanted < size ? wanted : 0
  for (let step = 0; step < size; step++) {
    const candidate = host(of, (start + step) % size)
    if (isHost(of, candidate) && !taken.has(candidate)) return candidate
  }
  return undefined
}
