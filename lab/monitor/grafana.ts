// Grafana beside a lab that stays: a container of its own with a port on loopback, which the lab knows nothing of.
// The monitor is on no network that the engine has, so two small relays lead from Grafana to its Prometheus by a socket
// in a folder that they share: one in the monitor's namespace, one in Grafana's. Neither has any right.

import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Engine } from '../engine/client.ts'
import { containerName, removeContainer } from '../engine/container.ts'
import { LabError, reason } from '../errors.ts'
import { newHistory } from '../history.ts'
import { imageName } from '../image/name.ts'
import { ready } from '../until.ts'
import { PORTS } from './exporters.ts'

const IMAGE = 'grafana/grafana:12.0.0'
const GRAFANA_PORT = '3000/tcp'
/** On all that stands beside a lab, with the lab's name: taken down with it, and no node of it. */
const BESIDE = 'ovn-gameday.beside'
const SOCKET = '/relay/prometheus.sock'
const FILES = join(import.meta.dirname, '..', '..', 'grafana')

export type Grafana = { readonly url: string; readonly user: string; readonly password: string }

type Beside = {
  readonly lab: string
  /** Id of the monitor's container. */
  readonly monitor: string
  /** Another image in Grafana's place, and what it runs. */
  readonly standIn?: { readonly image: string; readonly command: readonly string[] }
}

/** Has the image on the engine. Throws LabError where it is not there and cannot be pulled. */
async function assertImage(engine: Engine, image: string): Promise<void> {
  try {
    await engine.getImage(image).inspect()
  } catch {
    try {
      const stream = await engine.pull(image)
      await new Promise<void>((resolve, reject) => {
        engine.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()))
      })
    } catch (cause) {
      const why = reason(cause)
      throw new LabError(`no Grafana: ${image} cannot be pulled (${why}); its dashboards are in grafana/json`, {
        cause,
      })
    }
  }
}

/** Removes what stands beside a lab; returns how many containers that were. */
export async function removeBeside(engine: Engine, lab: string): Promise<number> {
  const found = await engine.listContainers({ all: true, filters: { label: [`${BESIDE}=${lab}`] } })
  await Promise.all(found.map(({ Id }) => removeContainer(engine, Id)))
  return found.length
}

/**
 * Starts Grafana with the lab's dashboards and its Prometheus, and waits until it answers; one that stood there is
 * replaced. Throws LabError, and leaves nothing, where its image cannot be had or it does not come up.
 */
export async function startGrafana(engine: Engine, { lab, monitor, standIn }: Beside): Promise<Grafana> {
  const image = standIn?.image ?? IMAGE
  await assertImage(engine, image)
  await removeBeside(engine, lab)
  const password = randomBytes(12).toString('base64url')
  const start = async (name: string, options: Parameters<Engine['createContainer']>[0]) => {
    const container = await engine.createContainer({
      name: containerName(lab, name),
      ...options,
      Labels: { [BESIDE]: lab },
      HostConfig: { AutoRemove: true, ...options.HostConfig },
    })
    await container.start()
    return container
  }
  const relay = (name: string, from: string, to: string, HostConfig: object) =>
    start(name, {
      Image: imageName(),
      Cmd: ['socat', `${from},fork`, to],
      Volumes: { '/relay': {} },
      HostConfig: { CapDrop: ['ALL'], ...HostConfig },
    })
  const prometheus = `TCP:127.0.0.1:${PORTS.prometheus}`
  try {
    const near = await relay('relay-near', `UNIX-LISTEN:${SOCKET},mode=666`, prometheus, {
      NetworkMode: `container:${monitor}`,
    })
    const grafana = await start('grafana', {
      Image: image,
      ...(standIn && { Cmd: [...standIn.command] }),
      Env: [
        `GF_SECURITY_ADMIN_PASSWORD=${password}`,
        'GF_ANALYTICS_REPORTING_ENABLED=false',
        'GF_ANALYTICS_CHECK_FOR_UPDATES=false',
        `PROMETHEUS_URL=http://127.0.0.1:${PORTS.prometheus}`,
      ],
      ExposedPorts: { [GRAFANA_PORT]: {} },
      HostConfig: {
        PortBindings: { [GRAFANA_PORT]: [{ HostIp: '127.0.0.1', HostPort: '' }] },
        Binds: [
          `${join(FILES, 'provisioning')}:/etc/grafana/provisioning:ro`,
          `${join(FILES, 'json')}:/var/lib/grafana/dashboards:ro`,
        ],
      },
    })
    await relay('relay-far', `TCP-LISTEN:${PORTS.prometheus},bind=127.0.0.1,reuseaddr`, `UNIX-CONNECT:${SOCKET}`, {
      NetworkMode: `container:${grafana.id}`,
      VolumesFrom: [near.id],
    })
    const port = (await grafana.inspect()).NetworkSettings.Ports[GRAFANA_PORT]?.[0]?.HostPort
    const url = `http://127.0.0.1:${port}`
    const answers = {
      name: `Grafana to answer at ${url}`,
      look: () =>
        fetch(url, { redirect: 'manual' }).then(
          ({ status }) => ({ holds: true, saw: `HTTP ${status}` }),
          (error: unknown) => ({ holds: false, saw: reason(error) }),
        ),
    }
    await ready({ history: newHistory() }, answers, { within: '60s', every: '250ms' })
    return { url, user: 'admin', password }
  } catch (cause) {
    await removeBeside(engine, lab)
    throw new LabError(`no Grafana: ${reason(cause)}`, { cause })
  }
}
