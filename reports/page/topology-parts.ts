// The two kinds of columns in the drawing of a topology: a VPC's edge, and a chassis with its workloads.

import { links } from '../../lab/topology/links.ts'
import type { Chassis, Topology, Vpc } from '../../lab/topology/types.ts'
import { publicAddresses } from '../../lab/topology/vpcs.ts'
import { type Html, html } from './html.ts'
import { bolt, card, type Point, wire } from './shapes.ts'

/** Sizes in px; `y` is the top of the row. */
export const INTERNET = { y: 14, width: 190, height: 44 }
export const GATEWAY = { y: 112, width: 146, height: 62, gap: 16 }
export const ROUTER = { y: 224, width: 228, height: 62 }
export const CHASSIS = { y: 342, width: 240, gap: 20, head: 46, row: 22 }

export const colour = (index: number): string => `var(--v${index % 6})`

/** Which nodes and links faults struck; targets are names of nodes and ends of links. */
export type Struck = { readonly node: (name: string) => boolean; readonly link: (name: string) => boolean }

export function struckBy(topology: Topology, targets: readonly string[]): Struck {
  const hit = links(topology).filter(({ name, ends }) =>
    [name, ...ends.map(({ node, device }) => `${node}:${device}`)].some((end) => targets.includes(end)),
  )
  return { node: (name) => targets.includes(name), link: (name) => hit.some((link) => link.name === name) }
}

export const edgeWidth = ({ nat }: Vpc): number =>
  Math.max(ROUTER.width, nat.gateways.length * (GATEWAY.width + GATEWAY.gap) - GATEWAY.gap)

/** A VPC's gateways above its router, from `left` on; `top` is where the uplinks begin. */
export function drawEdge(vpc: Vpc, index: number, left: number, top: Point, struck: Struck): Html {
  const middle = left + edgeWidth(vpc) / 2
  const width = vpc.nat.gateways.length * (GATEWAY.width + GATEWAY.gap) - GATEWAY.gap
  const gateways = vpc.nat.gateways.map(({ name, as, prepend, chassis }, i) => {
    const x = middle - width / 2 + i * (GATEWAY.width + GATEWAY.gap)
    const head = { x: x + GATEWAY.width / 2, y: GATEWAY.y }
    const foot = { x: head.x, y: GATEWAY.y + GATEWAY.height }
    const lines = [name, `${prepend === 0 ? 'active' : 'standby'} · AS ${as}`, `on ${chassis}`]
    return html`${wire({ from: top, to: head, struck: struck.link(`${name}:eth1`) })}
${wire({ from: foot, to: { x: middle, y: ROUTER.y }, struck: struck.link(`${name}:eth0`) })}
${card({ x, ...GATEWAY, lines, struck: struck.node(name), stripe: colour(index) })}`
  })
  const lines = [vpc.router, `${vpc.tenant} · ${vpc.cidr}`, `seen as ${publicAddresses(vpc).join(', ')}`]
  return html`${gateways}${card({ x: middle - ROUTER.width / 2, ...ROUTER, lines, stripe: colour(index), round: true })}`
}

export type DrawnChassis = {
  readonly drawn: Html
  readonly bottom: number
  /** Indices of the VPCs that have workloads on it. */
  readonly hosts: readonly number[]
}

export function drawChassis(chassis: Chassis, left: number, topology: Topology, struck: Struck): DrawnChassis {
  const members = Object.values(topology.vpcs).flatMap((vpc, index) =>
    vpc.workloads
      .filter((each) => each.chassis === chassis.name)
      .map(({ name, address }) => ({ name, address, index })),
  )
  const height = CHASSIS.head + members.length * CHASSIS.row + 6
  const rows = members.map(({ name, address, index }, i) => {
    const y = CHASSIS.y + CHASSIS.head + i * CHASSIS.row
    const hit = struck.node(name) || struck.link(`${name}:eth0`)
    return html`<rect x="${left + 14}" y="${y}" width="4" height="16" style="fill: ${colour(index)}"/>
<text class="${hit ? 'struck' : ''}" x="${left + 24}" y="${y + 12}">${name}</text>${hit && bolt(left + 126, y - 1)}
<text class="small" x="${left + CHASSIS.width - 14}" y="${y + 12}" text-anchor="end">${address}</text>`
  })
  const lines = [chassis.name, `${chassis.address}${chassis.witness ? ' · witness, no workloads' : ''}`]
  const frame = card({ x: left, y: CHASSIS.y, width: CHASSIS.width, height, lines, struck: struck.node(chassis.name) })
  return {
    drawn: html`${frame}${rows}`,
    bottom: CHASSIS.y + height,
    hosts: [...new Set(members.map(({ index }) => index))],
  }
}
