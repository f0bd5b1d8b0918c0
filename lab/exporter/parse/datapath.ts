// What ovs-vswitchd answers to dpctl/show, dpif/show and upcall/show.

export type Datapath = {
  /** 'netdev@ovs-netdev' */
  readonly name: string
  readonly hit: number
  readonly missed: number
  readonly lost: number
  readonly flows: number
  /** Of the kernel's alone. */
  readonly masks?: { readonly hit: number; readonly total: number; readonly perPacket: number }
}

/** Blocks of lines: each heading that stands at the margin, and what is indented below it. */
const blocks = (text: string): [heading: string, below: string][] =>
  text
    .split(/^(?=\S)/m)
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const end = block.indexOf('\n')
      return end < 0 ? [block, ''] : [block.slice(0, end), block.slice(end + 1)]
    })

export const datapaths = (text: string): Datapath[] =>
  blocks(text).flatMap(([heading, below]) => {
    const lookups = /lookups: hit:(\d+) missed:(\d+) lost:(\d+)/.exec(below)
    if (!lookups) return []
    const [hit = 0, missed = 0, lost = 0] = lookups.slice(1).map(Number)
    const masks = /masks: hit:(\d+) total:(\d+) hit\/pkt:([\d.]+)/.exec(below)?.slice(1).map(Number)
    return [
      {
        name: heading.replace(/:$/, ''),
        hit,
        missed,
        lost,
        flows: Number(/flows: (\d+)/.exec(below)?.[1]),
        ...(masks && { masks: { hit: masks[0] ?? 0, total: masks[1] ?? 0, perPacket: masks[2] ?? 0 } }),
      },
    ]
  })

export type DatapathPort = {
  readonly datapath: string
  readonly bridge: string
  readonly name: string
  readonly ofport: string
  readonly index: string
  readonly type: string
}

/** 'ovn-chassi-0 11/13: (geneve: …)' below '  br-int:' below 'netdev@ovs-netdev: hit:3092 missed:175'. */
export const datapathPorts = (text: string): DatapathPort[] =>
  blocks(text).flatMap(([heading, below]) => {
    const datapath = heading.replace(/: hit:.*$/, '')
    let bridge = ''
    return below.split('\n').flatMap((line) => {
      const named = /^ {2}(\S+):$/.exec(line)
      if (named) bridge = named[1] ?? ''
      const [, name, ofport = '', index = '', type = ''] = /^ {4}(\S+) (\d+)\/(\w+): \((\w[\w-]*)/.exec(line) ?? []
      return name ? [{ datapath, bridge, name, ofport, index, type }] : []
    })
  })

export type Upcalls = {
  readonly datapath: string
  readonly flows: number
  readonly limit: number
  readonly dumpMs: number
}

export const upcalls = (text: string): Upcalls[] =>
  blocks(text).map(([heading, below]) => ({
    datapath: heading.replace(/:$/, ''),
    flows: Number(/\(current (\d+)\)/.exec(below)?.[1]),
    limit: Number(/\(limit (\d+)\)/.exec(below)?.[1]),
    dumpMs: Number(/dump duration : (\d+)ms/.exec(below)?.[1]),
  }))
