import { LabError } from '../errors.ts'
import { has, install } from './apt.ts'
import { engineComplaint, engineHost, hostIsChosen, probeEngine } from './engine-state.ts'
import { startEngine } from './start-engine.ts'
import { missing, ok, type Step } from './step.ts'

const shortly = {
  absent: 'nothing answers',
  denied: 'permission denied',
  old: 'too old an engine',
  odd: 'no good answer',
}

/** A Docker engine that answers, new enough, and lets this user in. */
export const engineStep: Step = {
  name: 'Docker engine',
  state: async () => {
    const state = await probeEngine()
    return state.is === 'ready'
      ? ok(`${state.version} at ${engineHost()}`)
      : missing(`${shortly[state.is]} at ${engineHost()}`)
  },
  do: async () => {
    const state = await probeEngine()
    if (state.is !== 'absent') {
      const complaint = engineComplaint(state, engineHost())
      if (complaint) throw new LabError(complaint)
      return
    }
    if (hostIsChosen()) {
      throw new LabError(`no Docker engine at ${engineHost()}, which DOCKER_HOST names; start it or unset DOCKER_HOST`)
    }
    if (process.platform !== 'linux') throw new LabError(`no Docker engine at ${engineHost()}; start Docker Desktop`)
    if (!(await has('dockerd'))) await install('Docker is not installed', 'docker.io')
    // From Debian 13 on the client is a package of its own, only recommended by the engine's.
    if (!(await has('docker'))) await install('the docker command is missing', 'docker-cli')
    if ((await probeEngine()).is === 'absent') await startEngine()
  },
}
