import { ANY, type Dashboard, NONE_IS_GOOD, q } from '../panel.ts'
import { HERE, OWN } from './labels.ts'

const ROUTER = '{{logical_router}}'
const count = (title: string, name: string, description: string) => ({
  title,
  description,
  unit: 'short' as const,
  queries: [q(`ovn_logical_router_${name}{${OWN}}`, ROUTER)],
  thresholds: ANY,
})

export const routers: Dashboard = {
  uid: 'routers',
  title: 'Data plane: routers',
  description: 'Logical routers: where their way out is, who holds their gateway ports, what they know.',
  rows: [
    {
      title: 'Way out',
      panels: [
        {
          title: 'Default routes',
          description: 'Learned from BGP; next hop is the active NAT gateway. No row is a VPC without a way out.',
          unit: 'short',
          kind: 'table',
          queries: [q(`ovn_logical_router_default_route{${OWN}}`, ROUTER)],
          thresholds: ANY,
          width: 12,
        },
        {
          title: 'Gateway ports',
          description: 'Which chassis holds each; none is a VPC whose centralised traffic goes nowhere.',
          unit: 'short',
          kind: 'table',
          queries: [q(`ovn_port_binding_claimed{type="chassisredirect",${OWN},${HERE}} == 1`, '{{logical_port}}')],
          thresholds: ANY,
          width: 12,
        },
        {
          title: 'Moves of gateway ports',
          description:
            'Times in the shown range that another chassis took one. Several in a row is a pair that does not agree.',
          unit: 'short',
          kind: 'number',
          queries: [
            q(
              `sum by (logical_port, tenant, vpc) (increase(ovn_port_binding_claims_total{type="chassisredirect",${OWN}}[$__range]))`,
              '{{logical_port}}',
            ),
          ],
          thresholds: NONE_IS_GOOD,
          width: 8,
        },
        {
          title: 'Who may hold them',
          description: 'Priority of each chassis for each gateway port; the highest that lives holds it.',
          unit: 'short',
          kind: 'table',
          queries: [q(`ovn_gateway_chassis_priority{${HERE}}`, '{{logical_router_port}} {{chassis}}')],
          thresholds: ANY,
          width: 16,
        },
      ],
    },
    {
      title: 'What they know',
      panels: [
        count(
          'Routes learned',
          'learned_routes',
          'From BGP, by way of the chassis. A fall is a session or a gateway that went.',
        ),
        count(
          'Routes told',
          'advertised_routes',
          'To BGP speakers: the VPC’s subnets. A fall cuts the VPC off from outside.',
        ),
        count('Ports', 'ports', 'One for each switch it joins.'),
        count('Static routes', 'static_routes', 'Written by hand or by a cloud.'),
        count('NAT rules', 'nat_rules', 'Of OVN’s own; the lab’s NAT is in its gateways.'),
        count('Load balancers', 'load_balancers', 'Of its own, those of groups not counted.'),
      ],
    },
  ],
}
