import { expect, test } from 'vitest'
import { options, UsageError } from './options.ts'

test('a chassis is told by its role alone', () => {
  expect(options(['--role', 'chassis'])).toMatchObject({
    address: '',
    port: 9475,
    ovsRundir: '/run/openvswitch',
    deadlineMs: 250,
    ownerKeys: { tenant: 'tenant', vpc: 'vpc', tier: 'tier' },
  })
})

test('flags say where things are, and what tenants are called', () => {
  const given = ['--role', 'central', '--listen', '[::1]:9', '--sb', 'tcp:10.0.0.1:6642,ssl:[fd00::1]:6642']
  expect(options([...given, '--tenant-key', 'neutron:project_id'])).toMatchObject({
    address: '::1',
    port: 9,
    sb: 'tcp:10.0.0.1:6642,ssl:[fd00::1]:6642',
    ownerKeys: { tenant: 'neutron:project_id' },
  })
})

test.each([
  [[], '--role wants chassis or central; see --help'],
  [['--role', 'router'], "--role wants chassis or central, not 'router'; see --help"],
  [['--role', 'chassis', '--listen', 'here'], "--listen wants [ADDRESS:]PORT, not 'here'"],
  [['--role', 'chassis', '--listen', ':70000'], "--listen wants [ADDRESS:]PORT, not ':70000'"],
  [['--role', 'chassis', '--sb', 'tcp:x'], "--sb: no remote: 'tcp:x'; take unix:PATH, tcp:HOST:PORT or ssl:HOST:PORT"],
  [['--role', 'chassis', '--deadline', 'soon'], "--deadline wants 10 to 10000 ms, not 'soon'"],
  [['--role', 'chassis', '--ca-cert', '/nowhere'], /--ca-cert: ENOENT/],
  [['--rolle', 'chassis'], /Unknown option '--rolle'/],
])('%j is refused in one line', (args, says) => {
  expect(() => options(args)).toThrow(UsageError)
  expect(() => options(args)).toThrow(says)
})
