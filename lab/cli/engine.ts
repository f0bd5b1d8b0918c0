import { connectEngine, type Engine } from '../engine/client.ts'
import { LabError } from '../errors.ts'
import { engineComplaint, engineHost, probeEngine } from '../setup/engine-state.ts'

/** The engine that DOCKER_HOST names, and no other. Throws LabError, one line with the way out. */
export async function reachEngine(): Promise<Engine> {
  const complaint = engineComplaint(await probeEngine(), engineHost())
  if (complaint) throw new LabError(complaint)
  return connectEngine()
}
