// Conditions on load balancers: which of their backends OVN believes to serve.

import { loadBalancerNamed, loadBalancers } from '../topology/load-balancers.ts'
import { nodeNamed } from '../topology/nodes.ts'
import type { Lab } from '../types.ts'
import type { Condition } from '../until.ts'

type State = { readonly backend: string; readonly status: string }

/** What the chassis say of the backends of a load balancer that they probe (ovn-sb(5), Service_Monitor). */
function states(lab: Pick<Lab, 'topology' | 'southbound'>, name: string): State[] {
  const { backends } = loadBalancerNamed(lab.topology, name)
  const rows = new Map(lab.southbound.rows('Service_Monitor').map((row) => [row.logical_port, row.status]))
  return backends.map((backend) => ({ backend, status: String(rows.get(backend) ?? 'not probed yet') }))
}

const said = (all: readonly State[]) => all.map(({ backend, status }) => `${backend} ${status}`).join(', ')

/** The backends of a load balancer that are online now are exactly these. */
export const backendsOnline = (name: string, { are }: { are: readonly string[] }): Condition<Lab> => ({
  name: `backends of ${name} online to be ${are.join(' and ') || 'none'}`,
  look: async (lab) => {
    for (const backend of are) nodeNamed(lab.topology, backend)
    const all = states(lab, name)
    return {
      holds: all.every(({ backend, status }) => (status === 'online') === are.includes(backend)),
      saw: said(all),
    }
  },
})

/** Every backend of every load balancer is online. Of a topology without any, it holds. */
export const everyBackendOnline: Condition<Lab> = {
  name: 'every backend of the load balancers to be online',
  look: async (lab) => {
    const all = loadBalancers(lab.topology).flatMap(({ name }) => states(lab, name))
    return { holds: all.every(({ status }) => status === 'online'), saw: said(all) || 'no load balancer' }
  },
}
