import type { Dashboard } from '../panel.ts'
import { bridges } from './bridges.ts'
import { chaosRun } from './chaos-run.ts'
import { containerNetworks } from './container-networks.ts'
import { controlPlane } from './control-plane.ts'
import { hosts } from './hosts.ts'
import { interfaces } from './interfaces.ts'
import { natGateways } from './nat-gateways.ts'
import { networks } from './networks.ts'
import { routers } from './routers.ts'
import { routing } from './routing.ts'
import { switches } from './switches.ts'
import { tenants } from './tenants.ts'

export const dashboards: readonly Dashboard[] = [
  tenants,
  hosts,
  controlPlane,
  routers,
  switches,
  bridges,
  containerNetworks,
  interfaces,
  networks,
  natGateways,
  routing,
  chaosRun,
]
