import { expect, test } from 'vitest'
import type { Metric } from './catalogue/index.ts'
import { exposition } from './exposition.ts'
import type { Samples } from './samples.ts'
import { source } from './source.ts'

const metric = (name: string, labels: readonly string[] = [], type: Metric['type'] = 'gauge'): Metric => ({
  name,
  type,
  help: `${name}, in a few words`,
  labels,
  role: 'chassis',
})
const about = ['component'] as const
const of = ['source'] as const
const metrics = [
  metric('ovs_up'),
  metric('ovs_exporter_build_info', ['version', 'nodejs']),
  ...['requests_total', 'failed_requests_total', 'source_up', 'source_duration_seconds'].map((name) =>
    metric(`ovs_${name}`, of),
  ),
  metric('ovs_pid', about),
  ...['resident_memory_bytes', 'open_fds', 'cpu_seconds_total', 'start_time_seconds'].map((name) =>
    metric(`ovs_process_${name}`, about),
  ),
  metric('ovs_log_file_size_bytes', ['component', 'filename']),
  metric('ovs_db_file_size_bytes', ['component', 'filename']),
  metric('ovs_interface_rx_bytes', ['name', 'tenant'], 'counter'),
]

/** A chassis with one source, which `look` reads before it adds samples. */
function subject(look: (samples: Samples) => void, ask: () => Promise<unknown>) {
  const one = source('ovs-vswitchd', 50, ask)
  const watched = { component: 'ovs-vswitchd', prefix: 'ovs', source: one, process: () => undefined } as const
  return {
    prefix: 'ovs',
    systemId: () => 'chassis-1',
    sources: [one],
    daemons: [],
    needed: [watched as never],
    look: async (samples: Samples) => {
      const reading = await one.read()
      look(samples)
      return new Map([[one.name, reading]])
    },
  } as const
}

test('samples are written as Prometheus reads them, with whose node it is', async () => {
  const port = { name: 'a"b', tenant: 'tenant-1' }
  const scrape = exposition(
    subject(
      ({ add }) => add('ovs_interface_rx_bytes', 12, port),
      async () => 'yes',
    ),
    metrics,
    '1.2.3',
  )
  const { text, contentType } = await scrape()
  expect(contentType).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(text).toContain('# TYPE ovs_interface_rx_bytes counter\n')
  expect(text).toMatch(/^ovs_interface_rx_bytes\{.*system_id="chassis-1".*\} 12$/m)
  expect(text).toContain('name="a\\"b",tenant="tenant-1"')
  expect(text).toMatch(/^ovs_up\{system_id="chassis-1"\} 1$/m)
  expect(text).toMatch(/^ovs_process_open_fds\{.*component="ovn-gameday-exporter"/m)
})

test('what is down says so, and what was there before is not said again', async () => {
  let lives = true
  const scrape = exposition(
    subject(
      ({ add }) => add('ovs_interface_rx_bytes', lives ? 1 : undefined, { name: 'a' }),
      async () => (lives ? 'yes' : Promise.reject(new Error('gone'))),
    ),
    metrics,
    '1.2.3',
  )
  await scrape()
  lives = false
  const { text } = await scrape()
  expect(text).toMatch(/^ovs_up\{.*\} 0$/m)
  expect(text).toMatch(/^ovs_source_up\{.*\} 0$/m)
  expect(text).toMatch(/^ovs_failed_requests_total\{.*\} 1$/m)
  expect(text).not.toMatch(/^ovs_interface_rx_bytes\{/m)
})

test('what the catalogue does not have is exported by nobody', async () => {
  const exporting = (name: string, labels: object) =>
    exposition(
      subject(
        ({ add }) => add(name, 1, { ...labels }),
        async () => 1,
      ),
      metrics,
      '1',
    )()
  await expect(exporting('ovs_unheard_of', {})).rejects.toThrow('no metric ovs_unheard_of in the catalogue')
  await expect(exporting('ovs_interface_rx_bytes', { uuid: 'x' })).rejects.toThrow(
    'ovs_interface_rx_bytes has no label uuid',
  )
})
