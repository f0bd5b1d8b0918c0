import { LabError } from '../errors.ts'
import { imageName } from '../image/name.ts'
import { engineComplaint, engineHost, probeEngine } from './engine-state.ts'
import { imageSize } from './images.ts'

/** Throws LabError, one line with the way out, unless this machine can start a lab. Takes milliseconds. */
export async function preflight(): Promise<void> {
  const complaint = engineComplaint(await probeEngine(), engineHost())
  if (complaint) throw new LabError(complaint)
  const image = imageName()
  if ((await imageSize(image)) === undefined) throw new LabError(`no lab image ${image}; run npm run setup`)
}
