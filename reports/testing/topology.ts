// Two VPCs on two chassis and a witness, as data for the tests of pages.

import type { Topology, Vpc } from '../../lab/topology/types.ts'

/** VPC 0 is `vpc-a`, whose active gateway is on chassis-1; VPC 1 is `vpc-b`, the other way round. */
function vpc(n: 0 | 1): Vpc {
  const letter = 'ab'[n]
  const name = `vpc-${letter}`
  const [near, far] = n === 0 ? (['chassis-1', 'chassis-2'] as const) : (['chassis-2', 'chassis-1'] as const)
  const subnet = (tier: 'web' | 'app' | 'db' | 'test', third: number) => ({
    name: `ls-${name}-${tier}`,
    cidr: `10.${n}.${third}.0/24`,
    gateway: `10.${n}.${third}.1`,
    mac: `00:00:00:0${n}:0${third}:01`,
    tier,
  })
  const workload = (title: string, tier: 'web' | 'app' | 'db' | 'test', chassis: string, address: string) => ({
    name: title,
    tier,
    chassis,
    subnet: `ls-${name}-${tier}`,
    address: `10.${n}.${address}`,
    mac: `02:00:00:0${n}:01:10`,
    ...(tier === 'test' ? {} : { serves: 80 }),
  })
  const gateway = (i: 1 | 2, chassis: string) => ({
    name: `nat-gw-${letter}-${i}`,
    chassis,
    address: `10.${n}.255.${255 - i}`,
    mac: `02:00:00:0${n}:ff:0${i}`,
    as: 65011 + 10 * n + i - 1,
    prepend: i === 1 ? 0 : 2,
    uplink: { address: `203.0.113.${64 + 16 * n + 4 * i}`, peer: `203.0.113.${65 + 16 * n + 4 * i}`, prefix: 31 },
  })
  return {
    name,
    tenant: `tenant-${n + 1}`,
    cidr: `10.${n}.0.0/16`,
    router: `lr-${name}`,
    as: 65100 + n,
    publicAddress: `203.0.113.${17 + 16 * n}`,
    publicRange: `203.0.113.${16 + 16 * n}/28`,
    transit: { address: `192.168.255.${10 + n}`, mac: `00:00:00:0${n}:fe:01` },
    subnets: [
      subnet('web', 1),
      subnet('app', 2),
      subnet('db', 3),
      subnet('test', 4),
      { name: `ls-${name}-nat`, cidr: `10.${n}.255.0/24`, gateway: `10.${n}.255.1`, mac: `00:00:00:0${n}:ff:01` },
    ],
    workloads: [
      workload(`${name}-web-1`, 'web', near, '1.10'),
      workload(`${name}-web-2`, 'web', far, '1.11'),
      workload(`${name}-app-1`, 'app', far, '2.10'),
      workload(`${name}-db-1`, 'db', near, '3.10'),
      workload(`traffic-gen-${letter}`, 'test', far, '4.10'),
    ],
    nat: {
      subnet: `ls-${name}-nat`,
      chassis: [near, far, 'chassis-3'],
      gateways: [gateway(1, near), gateway(2, far)],
      speakers: [
        { name: `speaker-${letter}-1`, chassis: 'chassis-1', address: `10.${n}.255.11`, mac: `02:00:00:0${n}:fe:01` },
        { name: `speaker-${letter}-2`, chassis: 'chassis-2', address: `10.${n}.255.12`, mac: `02:00:00:0${n}:fe:02` },
      ],
    },
    allow: [
      { from: 'vpc', to: 'web' },
      { from: 'web', to: 'app' },
      { from: 'app', to: 'db' },
    ],
    deny: { web: 'drop', app: 'reject', db: 'drop', test: 'drop' },
  }
}

export const topology: Topology = {
  name: 'two-vpcs',
  fabric: { cidr: '172.20.0.0/24' },
  central: { name: 'central', address: '172.20.0.2' },
  chassis: [
    { name: 'chassis-1', address: '172.20.0.11' },
    { name: 'chassis-2', address: '172.20.0.12' },
    { name: 'chassis-3', address: '172.20.0.13', witness: true },
  ],
  internet: { name: 'internet', as: 65000, address: '198.51.100.10' },
  transit: {
    switch: 'ls-transit',
    cidr: '192.168.255.0/24',
    router: 'lr-transit',
    address: '192.168.255.1',
    mac: '00:00:00:fe:00:01',
  },
  vpcs: { a: vpc(0), b: vpc(1) },
  timers: {
    bfd: { intervalMs: 100, multiplier: 3 },
    tunnelBfd: { intervalMs: 200, multiplier: 3 },
    bgp: { keepaliveS: 1, holdS: 3, connectRetryS: 1, advertisementS: 0 },
  },
}
