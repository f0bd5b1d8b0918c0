// What scenarios, faults, traffic and checks may use of the lab.

export { nextHop } from './conditions/routing.ts'
export { Finding, LabError, ScenarioError } from './errors.ts'
export { startLab } from './lab.ts'
export { PROBE_PORT } from './nodes/plan.ts'
export { bfdUp, bgpEstablished, routesInKernels } from './ready/facts.ts'
export { type Duration, human, toNs } from './time.ts'
export { linkNamed, links } from './topology/links.ts'
export { nodeNamed, nodes, vpcOf } from './topology/nodes.ts'
export { expectations } from './topology/policy.ts'
export type { Topology } from './topology/types.ts'
export type { Lab } from './types.ts'
export { type Condition, ready, until, type Wait, waitFor } from './until.ts'
