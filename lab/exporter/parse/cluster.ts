// What a database's server answers to cluster/status.

export type Member = { readonly id: string; readonly address: string; readonly next?: number; readonly match?: number }

export type Cluster = {
  readonly serverId: string
  readonly clusterId: string
  readonly status: string
  readonly role: string
  readonly term: number
  readonly leader: string
  readonly vote: string
  readonly electionTimerMs: number
  readonly logLow: number
  readonly logHigh: number
  readonly uncommitted: number
  readonly unapplied: number
  /** Short ids of members that are connected to this one, and that it is connected to. */
  readonly inbound: readonly string[]
  readonly outbound: readonly string[]
  readonly peers: readonly Member[]
}

/** None for an answer that is no status, as of a database that is no cluster. */
export function clusterStatus(text: string): Cluster | undefined {
  const line = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? ''
  const id = (name: string) => /\(([0-9a-f-]{36})\)/.exec(line(name))?.[1]
  const serverId = id('Server ID')
  if (!serverId) return undefined
  const [logLow = 0, logHigh = 0] = line('Log').match(/\d+/g)?.map(Number) ?? []
  const links = line('Connections').split(' ')
  const linked = (arrow: string) => links.filter((each) => each.startsWith(arrow)).map((each) => each.slice(2))
  const servers = [...text.matchAll(/^ {4}(\w{4}) \(\w{4} at (\S+)\)(.*)$/gm)]
  const figure = (rest: string, name: string) => {
    const found = new RegExp(`${name}=(\\d+)`).exec(rest)?.[1]
    return found === undefined ? undefined : Number(found)
  }
  return {
    serverId,
    clusterId: id('Cluster ID') ?? '',
    status: line('Status'),
    role: line('Role'),
    term: Number(line('Term')),
    leader: line('Leader'),
    vote: line('Vote'),
    electionTimerMs: Number.parseInt(line('Election timer'), 10),
    logLow,
    logHigh,
    uncommitted: Number(line('Entries not yet committed')),
    unapplied: Number(line('Entries not yet applied')),
    inbound: linked('<-'),
    outbound: linked('->'),
    peers: servers
      .filter(([, , , rest = '']) => !rest.includes('(self)'))
      .map(([, peer = '', address = '', rest = '']) => {
        const [next, match] = [figure(rest, 'next_index'), figure(rest, 'match_index')]
        return {
          id: peer,
          address,
          ...(next !== undefined && { next }),
          ...(match !== undefined && { match }),
        }
      }),
  }
}
