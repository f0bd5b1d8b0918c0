// The topology as a drawing: internet on top, gateways, routers, then chassis with their workloads.

import { centrals } from '../../lab/topology/nodes.ts'
import { internetOf, internets, joints } from '../../lab/topology/regions.ts'
import type { Topology } from '../../lab/topology/types.ts'
import { type Html, html } from './html.ts'
import { card, wire } from './shapes.ts'
import { CHASSIS, colour, drawChassis, drawEdge, edgeWidth, INTERNET, ROUTER, struckBy } from './topology-parts.ts'

const MARGIN = 16
/** Between two VPCs' edges, with room for the transit router's name. */
const BETWEEN = 72

/** The whole topology; `targets` are nodes and link ends that faults struck. */
export function drawTopology(topology: Topology, targets: readonly string[]): Html {
  const struck = struckBy(topology, targets)
  const { fabric, transit } = topology
  const regions = internets(topology)
  const servers = centrals(topology)
  const vpcs = Object.values(topology.vpcs)
  const upper = vpcs.reduce((sum, vpc) => sum + edgeWidth(vpc) + BETWEEN, -BETWEEN)
  const lower = (topology.chassis.length + servers.length) * (CHASSIS.width + CHASSIS.gap) - CHASSIS.gap
  const outside = regions.length * (INTERNET.width + BETWEEN) - BETWEEN
  const width = Math.max(upper, lower, outside) + 2 * MARGIN

  const edgeLeft = (i: number) =>
    vpcs.slice(0, i).reduce((sum, vpc) => sum + edgeWidth(vpc) + BETWEEN, (width - upper) / 2)
  const routerX = vpcs.map((vpc, i) => edgeLeft(i) + edgeWidth(vpc) / 2)
  const regionX = (name: string) =>
    (width - outside) / 2 +
    regions.findIndex((each) => each.name === name) * (INTERNET.width + BETWEEN) +
    INTERNET.width / 2
  const edges = vpcs.map((vpc, i) => {
    const top = { x: regionX(internetOf(topology, vpc).name), y: INTERNET.y + INTERNET.height }
    return drawEdge(vpc, i, edgeLeft(i), top, struck)
  })
  const skies = regions.map(({ name, as, address }) =>
    card({
      x: regionX(name) - INTERNET.width / 2,
      ...INTERNET,
      lines: [name, `AS ${as} · ${address}`],
      struck: struck.node(name),
    }),
  )
  const across = joints(topology).map(({ ends: [one, other] }, i, all) => {
    const y = INTERNET.y + (INTERNET.height * (i + 1)) / (all.length + 1)
    const from = { x: regionX(one.node), y }
    return wire({ from, to: { x: regionX(other.node), y }, struck: struck.link(`${one.node}:${one.device}`) })
  })
  const beside = ROUTER.y + ROUTER.height / 2
  const joined = routerX.slice(1).map((x, i) => {
    const [from, to] = [(routerX[i] ?? 0) + ROUTER.width / 2, x - ROUTER.width / 2]
    return html`${wire({ from: { x: from, y: beside }, to: { x: to, y: beside } })}
<text class="small" x="${(from + to) / 2}" y="${beside - 7}" text-anchor="middle">${transit?.router}</text>`
  })

  const left = (i: number) => (width - lower) / 2 + i * (CHASSIS.width + CHASSIS.gap)
  const centre = (i: number) => left(i) + CHASSIS.width / 2
  const chassis = topology.chassis.map((each, i) => drawChassis(each, left(i), topology, struck))
  const bus = Math.max(...chassis.map(({ bottom }) => bottom)) + 26
  const bindings = chassis.flatMap(({ hosts }, i) =>
    hosts.map((v) => {
      // Side by side, so that two VPCs' lines to one chassis stay apart.
      const to = { x: centre(i) + 24 * (v - (vpcs.length - 1) / 2), y: CHASSIS.y }
      return wire({ from: { x: routerX[v] ?? 0, y: ROUTER.y + ROUTER.height }, to, dashed: colour(v) })
    }),
  )
  const drop = (name: string, i: number, bottom: number) =>
    wire({ from: { x: centre(i), y: bottom }, to: { x: centre(i), y: bus }, struck: struck.link(`${name}:eth0`) })
  const last = topology.chassis.length + servers.length - 1
  const head = { y: CHASSIS.y, width: CHASSIS.width, height: CHASSIS.head + 6 }
  const server = servers.map(({ name, address }, i) => {
    const at = topology.chassis.length + i
    const lines = [name, `${address} · NB, SB, northd`]
    return html`${drop(name, at, CHASSIS.y + head.height)}${card({ x: left(at), ...head, lines, struck: struck.node(name) })}`
  })
  const label = `Topology ${topology.name}${targets.length > 0 ? `; struck: ${targets.join(', ')}` : ''}`
  return html`<svg width="${width}" height="${bus + 30}" viewBox="0 0 ${width} ${bus + 30}" role="img" aria-label="${label}">
${edges}${transit && joined}
${across}${skies}
${bindings}${chassis.map(({ drawn, bottom }, i) => html`${drop(topology.chassis[i]?.name ?? '', i, bottom)}${drawn}`)}
${server}
<line class="wire" x1="${left(0)}" x2="${left(last) + CHASSIS.width}" y1="${bus}" y2="${bus}" stroke-width="3"/>
<text class="small" x="${left(0)}" y="${bus + 18}">fabric ${fabric.cidr} · Geneve</text>
</svg>`
}
