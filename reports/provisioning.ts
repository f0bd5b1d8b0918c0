// The way of a new subnet from the NB to its first packet, in words for the terminal.

import type { Event } from '../lab/events.ts'
import { ofKind } from '../lab/history.ts'
import { type Provisioning, provisioningOf } from '../lab/routing/provisioning.ts'
import { human } from '../lab/time.ts'
import { topologyIn } from '../lab/topology/event.ts'
import { nodes } from '../lab/topology/nodes.ts'
import type { Paint } from './terminal.ts'

export type Provisioned = {
  /** 'addition of ls-vpc-a-new' */
  readonly change: string
  /** A flow from a workload on it. */
  readonly flow: string
  readonly seen: Provisioning
}

/** Every subnet that was added in a run, with each flow from it. */
export function provisionings(events: readonly Event[]): readonly Provisioned[] {
  const topology = topologyIn({ events })
  if (!topology) return []
  const subnetOf = new Map(
    nodes(topology).flatMap(({ name, vpc }) =>
      (vpc?.workloads ?? []).filter((each) => each.name === name).map((each) => [name, each.subnet] as const),
    ),
  )
  const started = ofKind({ events }, 'flow').filter(({ phase }) => phase === 'started')
  return ofKind({ events }, 'nb-change').flatMap(({ change, subnet }) =>
    started
      .filter(({ from }) => change.startsWith('addition') && subnetOf.get(from) === subnet)
      .flatMap(({ flow }): Provisioned[] => {
        const seen = provisioningOf({ events }, topology, { change: { name: change }, of: { name: flow } })
        return seen ? [{ change, flow, seen }] : []
      }),
  )
}

/** As wide as terminals of network engineers are. */
const WIDTH = 150

/** 'addition of ls-vpc-a-new → +14.4ms in the NB (ovn-nbctl) → … → +204ms first answer', in as many lines as it takes. */
export function provisioningLines(all: readonly Provisioned[], paint: Paint): string[] {
  return all.flatMap(({ change, flow, seen }) => {
    const { milestones, packetNs, answerNs } = seen
    const steps = [
      ...milestones.map(({ what, by, afterNs }) => ({ afterNs, text: `${what} (${by})` })),
      { afterNs: packetNs, text: `first packet of ${flow}` },
      { afterNs: answerNs, text: 'first answer' },
    ].flatMap(({ afterNs, text }) => (afterNs === undefined ? [] : [{ afterNs, text }]))
    const lines = [change]
    for (const { afterNs, text } of steps.toSorted((a, b) => a.afterNs - b.afterNs)) {
      const step = `→ +${human(afterNs)} ${text}`
      const last = lines.at(-1) ?? ''
      if (last.length + step.length > WIDTH) lines.push(step)
      else lines[lines.length - 1] = `${last} ${step}`
    }
    return lines.map((line, i) => paint('gray', `${i === 0 ? '    ' : '      '}${line}`))
  })
}
