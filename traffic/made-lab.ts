// A lab without a network, for the tests of generators: two VPCs of three tiers, and nodes that note what
// they are told to run.

import { newHistory } from '../lab/history.ts'
import type { Tier, Topology } from '../lab/topology/types.ts'
import type { Lab } from '../lab/types.ts'
import { newUndoStack } from '../lab/undo.ts'

const vpc = (letter: 'a' | 'b', number: number) => {
  const workload = (tier: Tier, index: number, chassis: string, serves?: number) => ({
    name: `vpc-${letter}-${tier}-${index}`,
    tier,
    chassis,
    address: `10.${number - 1}.${tier === 'web' ? 1 : tier === 'app' ? 2 : 3}.${9 + index}`,
    ...(serves && { serves }),
  })
  return {
    name: `vpc-${letter}`,
    tenant: `tenant-${number}`,
    subnets: [],
    workloads: [
      workload('web', 1, 'chassis-1', 80),
      workload('web', 2, 'chassis-2', 80),
      workload('app', 1, 'chassis-1', 8080),
      workload('app', 2, 'chassis-2', 8080),
      workload('db', 1, 'chassis-1'),
    ],
    nat: { gateways: [{ name: `nat-gw-${letter}-1`, address: '10.0.255.254', uplink: { peer: '' } }], speakers: [] },
    allow: [
      { from: 'vpc', to: 'web' },
      { from: 'web', to: 'app' },
      { from: 'app', to: 'db' },
    ],
    deny: { web: 'drop', app: 'drop', db: 'reject', test: 'drop' },
  }
}

export const topology = {
  name: 'made-up',
  central: { name: 'central', address: '172.20.0.2' },
  chassis: [{ name: 'chassis-1', address: '172.20.0.11' }],
  internet: { name: 'internet', as: 65000, address: '198.51.100.10' },
  vpcs: { a: vpc('a', 1), b: vpc('b', 2) },
} as unknown as Topology

export type MadeLab = {
  readonly lab: Lab
  /** 'vpc-a-web-1: node …', in order. */
  readonly commands: readonly string[]
  readonly blamed: readonly string[]
  readonly end: () => Promise<readonly string[]>
}

/** `answer` says what a command prints; it may throw, and tell events. */
export function madeLab(answer: (node: string, command: string, lab: Lab) => string = () => '42'): MadeLab {
  const history = newHistory()
  const undo = newUndoStack()
  const [commands, blamed]: [string[], string[]] = [[], []]
  const run = async (node: string, command: string) => {
    commands.push(`${node}: ${command}`)
    return { out: answer(node, command, lab), exit: 0, bracket: { fromNs: 0, toNs: 0 } }
  }
  const partial: Partial<Lab> = {
    topology,
    history,
    signal: undefined,
    run,
    try: run,
    alive: () => true,
    defer: undo.defer,
    blame: (what) => void blamed.push(what),
  }
  const lab = partial as Lab
  return { lab, commands, blamed, end: undo.unwind }
}
