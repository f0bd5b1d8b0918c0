// Faults on links.

import { type Link, links } from '../../lab/topology/links.ts'
import { nodeNamed } from '../../lab/topology/nodes.ts'
import type { Topology } from '../../lab/topology/types.ts'
import { block } from '../block.ts'
import type { Fault } from '../fault.ts'
import { impair } from '../impair.ts'
import { FABRIC, linkDown } from '../links.ts'
import { partition, pathLoss } from '../partition.ts'
import { silence } from '../silence.ts'
import { type Case, chassisOf, type Entry, everyCentral, gateways, members, servers, touches } from './entry.ts'

/** The link's nodes; of one to the fabric its node, and the fabric. */
const between = ({ ends }: Link): readonly [string, string] => [ends[0].node, ends[1]?.node ?? FABRIC]

/** Links of nodes that something stands in for: the near end is the node in question. */
const spared = (topology: Topology, central = members): readonly Link[] => {
  const near = new Set([...gateways(topology), ...servers(topology), ...chassisOf(topology), ...central(topology)])
  return links(topology).filter(({ ends }) => near.has(ends[0].node))
}

const isUplink = ({ ends }: Link, topology: Topology): boolean =>
  ends.length === 2 && nodeNamed(topology, ends[1].node).role === 'internet'

/** A fault on each such link, which takes what its near end takes; the far end is there for others too. */
const onEach =
  (
    make: (a: string, b: string) => Fault,
    among: (link: Link, topology: Topology) => boolean = () => true,
    central = members,
  ) =>
  (topology: Topology): readonly Case[] =>
    spared(topology, central)
      .filter((link) => among(link, topology))
      .map((link) => {
        const [a, b] = between(link)
        return { fault: make(a, b), touches: touches(topology, a) }
      })

/**
 * BFD sends ten packets a second where nobody else sends, and each share must show within two seconds: of
 * twenty packets that each escape with 70 %, all do once in a thousand times.
 */
const SHARE = '30%'
/** One way only half as many pass. */
const ONE_WAY = '50%'

/** BFD of three in a row notices a link that loses much; where nothing watches, requests are sent again. */
const AGAIN = 'what is lost is sent again, or BFD takes the way that it watches for lost'
const TWICE = 'what comes twice is thrown away by TCP, and taken for one by BFD and BGP'

/** Every pair of chassis, where a third one tells both that it is not they who are cut off. */
const pairs =
  (make: (a: string, b: string) => Fault) =>
  (topology: Topology): readonly Case[] =>
    chassisOf(topology).flatMap((a, i, all) =>
      all.slice(i + 1).map((b) => ({
        fault: make(a, b),
        touches: [...new Set([...touches(topology, a), ...touches(topology, b)])],
      })),
    )

export const onLinks: readonly Entry[] = [
  {
    kind: 'loss of the path between two chassis',
    survivable: 'both claim what moves between them, and one of them always serves it',
    cases: pairs(pathLoss),
  },
  {
    kind: 'one-way partition of two chassis',
    survivable:
      'both claim what moves between them, for BFD is told by whoever no longer hears (RFC 5880, section 6.8.4)',
    cases: pairs((a, b) => partition([[a], [b]], { oneWay: true })),
  },
  {
    kind: 'carrier loss of a link',
    survivable: 'both ends see it at once; who has another way takes it',
    cases: onEach(linkDown, () => true, everyCentral),
  },
  {
    kind: 'loss on a link',
    survivable: AGAIN,
    cases: onEach((a, b) => impair({ between: [a, b], loss: SHARE })),
  },
  {
    kind: 'duplication on a link',
    survivable: TWICE,
    cases: onEach((a, b) => impair({ between: [a, b], duplicate: SHARE })),
  },
  {
    kind: 'one-way loss on an uplink',
    survivable: AGAIN,
    cases: onEach((a, b) => impair({ between: [a, b], loss: ONE_WAY, direction: 'forward' }), isUplink),
  },
  {
    kind: 'loss in bursts on an uplink',
    survivable: AGAIN,
    cases: onEach((a, b) => impair({ between: [a, b], loss: ONE_WAY, bursts: 3 }), isUplink),
  },
  {
    kind: 'corruption on a link',
    survivable: 'checksums notice, so that what is corrupt is lost, and sent again',
    cases: onEach((a, b) => impair({ between: [a, b], corrupt: SHARE })),
  },
  {
    kind: 'delay on a link, and its variation',
    survivable: 'nothing waits for an answer as long as BFD does, three intervals of 100 ms',
    cases: onEach((a, b) => impair({ between: [a, b], delay: '50ms', variation: '20ms' })),
  },
  {
    kind: 'reordering on a link',
    survivable: 'TCP puts in order what overtakes; who counts packets counts them all',
    cases: onEach((a, b) => impair({ between: [a, b], delay: '20ms', reorder: SHARE })),
  },
  {
    kind: 'low rate of a link',
    survivable: 'TCP sends as much as passes, and BFD and BGP need little; a full queue is no longer than 50 ms',
    cases: onEach((a, b) => impair({ between: [a, b], rate: '5Mbps', queue: '50ms' })),
  },
  {
    kind: 'one-way silence of a link',
    survivable: 'BFD tells the end that is still heard; nobody else is a workload that is not heard',
    cases: onEach((a, b) => silence({ between: [a, b], direction: 'forward' })),
  },
  {
    kind: 'block of BGP on an uplink',
    survivable: 'the session is held for its time, then the standby carries on',
    cases: onEach((a, b) => block({ between: [a, b], what: 'bgp' }), isUplink),
  },
  {
    kind: 'block of BFD on an uplink',
    survivable: 'BFD takes the way for lost, and the standby carries on',
    cases: onEach((a, b) => block({ between: [a, b], what: 'bfd' }), isUplink),
  },
]
