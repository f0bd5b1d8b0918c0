// Whom a gateway believes to be behind an address of its network: the wrong one, or nobody.

import { LabError, ScenarioError } from '../../lab/errors.ts'
import { nodeNamed } from '../../lab/topology/nodes.ts'
import type { Topology } from '../../lab/topology/types.ts'
import type { Lab } from '../../lab/types.ts'
import type { Fault } from '../fault.ts'
import { assertRole } from './conntrack.ts'
import { frameSeen } from './frames.ts'

/** Locally administered, and nobody's in any topology: their third octet is 00. */
const NOBODY = '02:00:66:66:66:66'

export type Neighbour = {
  /** The NAT gateway that is deceived, or forgets. */
  readonly at: string
  /** An address of a network that it is in, '10.0.255.1'. */
  readonly of: string
}

/** Throws ScenarioError for what is no gateway, and for an address that it has no reason to ask for. */
function assertNeighbour(lab: Pick<Lab, 'topology'>, { at, of }: Neighbour): void {
  assertRole(lab, at, 'gateway', 'neighbours are known to NAT gateways')
  const all = neighboursOf(lab.topology, at)
  if (!all.includes(of)) throw new ScenarioError(`${of} is no neighbour of ${at}; it has ${all.join(', ')}`)
}

/** The VPC's router, the speakers, and who is at the other end of the uplink. */
function neighboursOf(topology: Topology, at: string): readonly string[] {
  const { vpc } = nodeNamed(topology, at)
  if (!vpc) return []
  const router = vpc.subnets.find(({ name }) => name === vpc.nat.subnet)?.gateway ?? ''
  const uplinks = vpc.nat.gateways.filter(({ name }) => name === at).map(({ uplink }) => uplink.peer)
  return [router, ...vpc.nat.speakers.map(({ address }) => address), ...uplinks]
}

type Known = { readonly device: string; readonly mac: string }

/** What the kernel knows of a neighbour. Throws LabError where that is nothing. */
async function known(lab: Lab, { at, of }: Neighbour): Promise<Known> {
  const device = /\bdev (\S+)/.exec((await lab.run(at, `ip -4 -o route get ${of}`)).out)?.[1]
  const entry = (await lab.run(at, `ip -4 neigh show ${of}`)).out.trim()
  const mac = /\blladdr (\S+)/.exec(entry)?.[1]
  if (device && mac) return { device, mac }
  throw new LabError(`${at} has not met ${of} yet: ${entry || 'it knows no MAC of it'}`)
}

/**
 * A wrong MAC address for a neighbour, which the kernel never asks for again, as after ARP spoofing or a
 * static entry that outlived the card it names. What is sent there meets nobody. Proved by a frame that leaves for it.
 */
export const macPoisoned = (neighbour: Neighbour): Fault => {
  const { at, of } = neighbour
  return {
    name: `wrong MAC of ${of} at ${at}`,
    targets: [at],
    check: (lab) => assertNeighbour(lab, neighbour),
    apply: async (lab) => {
      const { device, mac } = await known(lab, neighbour)
      // Believed, and asked for again by whoever uses it next: what it was before may have been asked for at any time.
      const back = `ip neigh replace ${of} lladdr ${mac} dev ${device} nud stale`
      await lab.armory?.arm(at, back)
      const { bracket } = await lab.run(at, `ip neigh replace ${of} lladdr ${NOBODY} dev ${device} nud permanent`)
      return {
        bracket,
        effective: {
          name: `frames to leave ${at} for ${NOBODY}`,
          look: async () => {
            const seen = await frameSeen(lab, at, device, `ether dst ${NOBODY}`)
            return { holds: seen, saw: seen ? `one for ${of}` : 'none' }
          },
        },
        heal: async () => (await lab.run(at, back)).bracket,
        restored: {
          name: `${at} to know ${of} as ${mac}`,
          look: async () => {
            const now = (await lab.run(at, `ip -4 neigh show ${of} dev ${device}`)).out.trim()
            return { holds: now.includes(mac) && !now.includes('PERMANENT'), saw: now }
          },
        },
      }
    },
  }
}

/** Bash text that begins to look out for a request, and returns once it does. What was seen comes to the file. */
const lookOut = (device: string, of: string, file: string) =>
  `rm -f ${file}; { timeout 10 tcpdump --immediate-mode -l -p -nn -c 1 -i ${device} 'arp[6:2] = 1 and dst host ${of}' >${file} </dev/null & } 2>&1 | grep -q -m 1 listening`

/**
 * A neighbour's MAC address is forgotten, as when the table of neighbours overflows. It ends by itself, with
 * the next packet: the kernel keeps it back while it asks. Proved by the request that leaves.
 */
export const macLost = (neighbour: Neighbour): Fault => {
  const { at, of } = neighbour
  return {
    name: `loss of the MAC of ${of} at ${at}`,
    ends: 'once it has asked again',
    targets: [at],
    check: (lab) => assertNeighbour(lab, neighbour),
    apply: async (lab) => {
      const { device, mac } = await known(lab, neighbour)
      const file = '/tmp/gameday.arp'
      await lab.armory?.arm(at, ':') // nothing stays broken that would have to wait for a heal
      await lab.run(at, lookOut(device, of, file), { within: '5s' })
      const { bracket } = await lab.run(at, `ip neigh del ${of} dev ${device}`)
      return {
        bracket,
        effective: {
          name: `${at} to ask for ${of}`,
          look: async () => {
            const { out } = await lab.run(at, `cat ${file}`)
            return { holds: out.includes(of), saw: out.trim() || 'no request' }
          },
        },
        heal: async () => bracket,
        restored: {
          name: `${at} to know ${of} as ${mac}`,
          look: async () => {
            const now = (await lab.run(at, `rm -f ${file}; ip -4 neigh show ${of} dev ${device}`)).out.trim()
            return { holds: now.includes(mac), saw: now || 'nothing' }
          },
        },
        over: Promise.resolve(bracket),
      }
    },
  }
}
