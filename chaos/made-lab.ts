// A lab without a network, for the laws of injecting: a history, an undo stack, and who was blamed.

import { Aborted, reason } from '../lab/errors.ts'
import { type History, newHistory, ofKind } from '../lab/history.ts'
import { chanceOf } from '../lab/random.ts'
import type { Topology, Vpc } from '../lab/topology/types.ts'
import type { Lab } from '../lab/types.ts'
import { newUndoStack } from '../lab/undo.ts'
import type { Condition } from '../lab/until.ts'
import type { Applied, Fault } from './fault.ts'

const a: Vpc = {
  name: 'vpc-a',
  tenant: 'tenant-1',
  cidr: '10.0.0.0/16',
  router: 'lr-vpc-a',
  as: 65100,
  publicAddress: '203.0.113.17',
  publicRange: '203.0.113.16/28',
  subnets: [{ name: 'ls-vpc-a-nat', cidr: '10.0.255.0/24', gateway: '10.0.255.1', mac: '00:00:00:01:ff:01' }],
  workloads: [],
  nat: {
    subnet: 'ls-vpc-a-nat',
    chassis: ['chassis-1'],
    gateways: [
      {
        name: 'nat-gw-a-1',
        chassis: 'chassis-1',
        address: '10.0.255.254',
        mac: '02:00:00:01:ff:fe',
        as: 65011,
        prepend: 0,
        uplink: { address: '100.64.1.2', peer: '100.64.1.1', prefix: 30 },
      },
    ],
    speakers: [],
  },
  allow: [],
  deny: { web: 'drop', app: 'drop', db: 'reject', test: 'drop' },
}

export const topology: Topology = {
  name: 'one-gateway',
  fabric: { cidr: '172.20.0.0/24' },
  central: { name: 'central', address: '172.20.0.2' },
  chassis: [{ name: 'chassis-1', address: '172.20.0.11' }],
  internet: { name: 'internet', as: 65000, address: '198.51.100.10' },
  vpcs: { a },
  timers: {
    bfd: { intervalMs: 100, multiplier: 3 },
    tunnelBfd: { intervalMs: 200, multiplier: 3 },
    bgp: { keepaliveS: 1, holdS: 3, connectRetryS: 1, advertisementS: 0 },
  },
}

export type MadeLab = {
  readonly lab: Lab
  readonly history: History
  /** What happened outside the history, in order: 'baseline', and what the fault did. */
  readonly deeds: string[]
  readonly blamed: string[]
  /** The lab ends: what is still in force is healed. Returns what failed. */
  readonly end: () => Promise<readonly string[]>
  readonly phases: () => readonly string[]
}

/** Whatever else is asked of this lab does not exist, and so fails. */
export function madeLab({ signal }: { signal?: AbortSignal } = {}): MadeLab {
  const history = newHistory()
  const undo = newUndoStack()
  const [deeds, blamed]: string[][] = [[], []]
  const stop = new AbortController()
  const lab: Partial<Lab> = {
    topology,
    history,
    signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
    abort: (why) => stop.abort(new Aborted(`aborted: ${why}`)),
    seed: 'made',
    random: chanceOf('made'),
    defer: undo.defer,
    noteBaseline: async () => void deeds?.push('baseline'),
    blame: (what, error) => void blamed?.push(`${what}: ${reason(error)}`),
  }
  return {
    lab: lab as Lab,
    history,
    deeds: deeds ?? [],
    blamed: blamed ?? [],
    end: undo.unwind,
    phases: () => ofKind(history, 'fault').map(({ fault, phase }) => `${fault} ${phase}`),
  }
}

const always = (name: string, holds: boolean): Condition => ({
  name,
  look: async () => ({ holds, saw: holds ? 'so it is' : 'no sign of it' }),
})

export type Ways = {
  readonly name?: string
  readonly effective?: boolean
  readonly restored?: boolean
  readonly check?: () => void
  readonly apply?: () => void
  readonly heal?: () => void
}

/** A fault that does nothing, in the way that a law needs. */
export function madeFault({ deeds, history }: MadeLab, ways: Ways = {}): Fault {
  const { name = 'eclipse', effective = true, restored = true } = ways
  const instant = () => ({ fromNs: history.now(), toNs: history.now() })
  return {
    name,
    targets: ['nat-gw-a-1'],
    check: () => ways.check?.(),
    apply: async (): Promise<Applied> => {
      ways.apply?.()
      deeds.push(`${name} begins`)
      return {
        bracket: instant(),
        effective: always('darkness', effective),
        heal: async () => {
          ways.heal?.()
          deeds.push(`${name} ends`)
          return instant()
        },
        restored: always('daylight', restored),
      }
    },
  }
}
