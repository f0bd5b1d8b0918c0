// The way from a page on loopback to the lab's Prometheus, by the relays that Grafana has. Its image need not be there,
// so another stands in: one that hands on whatever it is asked to where Grafana would ask.

import { expect, test } from 'vitest'
import { oneVpc, withMonitor } from '../../fixtures/index.ts'
import { connectEngine } from '../engine/client.ts'
import { labContainers } from '../engine/labs.ts'
import { imageName } from '../image/name.ts'
import { startLab } from '../index.ts'
import { PORTS } from './exporters.ts'
import { removeBeside, startGrafana } from './grafana.ts'

const hands = ['socat', 'TCP-LISTEN:3000,fork,reuseaddr', `TCP:127.0.0.1:${PORTS.prometheus}`]

test('a page on loopback reaches the lab’s Prometheus, and goes with the lab', async (run) => {
  await using lab = await startLab(withMonitor(oneVpc), run)
  const engine = await connectEngine()
  const monitor =
    (await labContainers(engine)).find((each) => each.lab === lab.name && each.node === 'monitor')?.id ?? ''
  lab.defer('Grafana', async () => void (await removeBeside(engine, lab.name)))

  const missing = { lab: lab.name, monitor, standIn: { image: 'ovn-gameday-lab:nosuch', command: [] } }
  await expect(startGrafana(engine, missing)).rejects.toThrow(
    /^no Grafana: ovn-gameday-lab:nosuch cannot be pulled \(.*\); its dashboards are in grafana\/json$/,
  )
  const { url } = await startGrafana(engine, { ...missing, standIn: { image: imageName(), command: hands } })
  const answer = await (await fetch(`${url}/api/v1/query?query=count(up)`)).json()
  expect(answer).toMatchObject({ status: 'success', data: { resultType: 'vector' } })
  expect(await removeBeside(engine, lab.name)).toBe(3)
})
