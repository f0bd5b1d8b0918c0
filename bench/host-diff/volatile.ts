// What changes by itself, so that a difference in it means nothing. Data, each with its reason.

export type Section = 'links' | 'routes' | 'nft rules' | 'iptables rules' | 'sysctls' | 'named namespaces' | 'mounts'

/** Text that is replaced before the comparison. */
export type Restless = {
  readonly in: readonly Section[]
  readonly match: RegExp
  readonly by: string
  readonly why: string
}

export const restless: readonly Restless[] = [
  {
    in: ['links'],
    match: /\b((hello|tcn|topology_change|gc)_timer) +[\d.]+/g,
    by: '$1 …',
    why: 'timers of a bridge count down',
  },
  {
    in: ['routes'],
    match: /\b(expires|age) \d+sec/g,
    by: '$1 …',
    why: 'lifetimes of routes from router advertisements count down',
  },
  {
    in: ['nft rules'],
    match: /\bpackets \d+ bytes \d+/g,
    by: 'packets … bytes …',
    why: 'counters count whatever passes',
  },
  { in: ['nft rules'], match: /\bexpires \S+/g, by: 'expires …', why: 'elements of a set with a timeout count down' },
  { in: ['iptables rules'], match: /^(:\S+ \S+) \[\d+:\d+\]/g, by: '$1 […]', why: 'counters count whatever passes' },
  { in: ['iptables rules'], match: /^# (Generated|Completed).*$/g, by: '', why: 'the time of printing' },
]

/** Keys that are left out, because their value is a reading and no setting. */
export type Reading = { readonly key: RegExp; readonly why: string }

export const readings: readonly Reading[] = [
  { key: /^net\.netfilter\.nf_conntrack_count$/, why: 'connections tracked at the moment' },
]
