import { expect, test } from 'vitest'
import { twoVpcsBalanced } from '../../../fixtures/two-vpcs-balanced.ts'
import { changed, type Row, refusal } from '../broken.ts'

const first = 'vpcs.a.loadBalancers.0'

test.each<Row>([
  [
    'a virtual address in a subnet',
    { [`${first}.address`]: '10.0.1.100' },
    '10.0.1.100 lies in ls-vpc-a-web 10.0.1.0/24; a virtual address lies in no subnet, so that clients send it to their router',
  ],
  [
    'a backend that serves nothing',
    { [`${first}.backends.1`]: 'traffic-gen-a' },
    'traffic-gen-a is no workload of vpc-a that serves; there is vpc-a-web-1, vpc-a-web-2, vpc-a-app-1, vpc-a-db-1',
  ],
  ['a backend twice', { [`${first}.backends.1`]: 'vpc-a-web-1' }, 'vpc-a-web-1 is listed twice'],
  [
    'backends on two subnets',
    { [`${first}.backends.1`]: 'vpc-a-app-1' },
    'vpc-a-app-1 is on ls-vpc-a-app, vpc-a-web-1 on ls-vpc-a-web; one source of probes serves one subnet',
  ],
  [
    'probes from an address that a workload has',
    { [`${first}.health.source`]: '10.0.1.11' },
    '10.0.1.11 is no free host of ls-vpc-a-web 10.0.1.0/24; 10.0.1.12 is free',
  ],
  [
    'two on one port of the public address',
    {
      'vpcs.a.loadBalancers': [
        ...(twoVpcsBalanced.vpcs.a.loadBalancers ?? []),
        ...(twoVpcsBalanced.vpcs.a.loadBalancers ?? []).map((each) => ({
          ...each,
          name: 'lb-2',
          address: '10.0.250.11',
        })),
      ],
    },
    '80 of 203.0.113.17 leads to lb-vpc-a-web already; give it another, or keep one of them inside',
  ],
  ['a health check without a pause', { [`${first}.health.intervalS`]: 0 }, 'intervalS must be at least 1, was 0'],
])('%s is refused', (_, changes, says) => {
  expect(refusal(changed(twoVpcsBalanced, changes))).toContain(says)
})

test('the fixture is sound', () => {
  expect(refusal(twoVpcsBalanced)).toBe('nothing wrong')
})
