import { ofCluster, ofNorthd } from './cluster.ts'
import { ofControllerEffort, ofNorthdEffort, ofOvnController } from './controller.ts'
import { ofController, ofOvn, ofOvs } from './daemons.ts'
import { ofCaches, ofDatapath } from './datapath.ts'
import { ofInterfaces } from './interfaces.ts'
import type { Metric, Role } from './metric.ts'
import { ofNorthbound } from './northbound.ts'
import { ofPmd } from './pmd.ts'
import { ofSouthbound } from './southbound.ts'
import { ofTunnels } from './tunnels.ts'

export type { Metric, Role } from './metric.ts'

/** Every metric that the exporter exports. One that both roles have stands here once for each. */
export const catalogue: readonly Metric[] = [
  ...ofOvs,
  ...ofInterfaces,
  ...ofDatapath,
  ...ofCaches,
  ...ofPmd,
  ...ofTunnels,
  ...ofController,
  ...ofOvnController,
  ...ofControllerEffort,
  ...ofOvn,
  ...ofNorthd,
  ...ofNorthdEffort,
  ...ofNorthbound,
  ...ofSouthbound,
  ...ofCluster,
]

/** TCP port of each role's exporter: those that exporters of Open vSwitch and of OVN are known by. */
export const EXPORTER_PORT: Readonly<Record<Role, number>> = { chassis: 9475, central: 9476 }

/** What an exporter of a role exports. */
export const metricsOf = (role: Role): readonly Metric[] => catalogue.filter((metric) => metric.role === role)
