import type Dockerode from 'dockerode'
import { getContainerRuntimeClient } from 'testcontainers'
import { LabError, reason } from '../errors.ts'

export type Engine = Dockerode

/** The Docker engine that DOCKER_HOST, the current context or the default socket names. */
export async function connectEngine(): Promise<Engine> {
  try {
    return (await getContainerRuntimeClient()).container.dockerode
  } catch (cause) {
    throw new LabError(`no Docker engine answers (${reason(cause)}); run npm run setup`, { cause })
  }
}
