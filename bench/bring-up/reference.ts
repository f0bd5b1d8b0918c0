import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { LabError } from '../../lab/errors.ts'
import type { Once } from './once.ts'

/** What a history may come to as JSON; that of a bring-up is a few megabytes. */
const MOST_BYTES = 512 * 2 ** 20

/** Brings the reference lab up and down in a fresh process. Throws LabError when it does not come up. */
export async function bringUpOnce(): Promise<Once> {
  const script = join(import.meta.dirname, 'once.ts')
  try {
    const env = { ...process.env, KEEP_LAB: '0' }
    const { stdout } = await promisify(execFile)(process.execPath, [script], { env, maxBuffer: MOST_BYTES })
    return JSON.parse(stdout) as Once
  } catch (cause) {
    const { stderr = '' } = cause as { stderr?: string }
    throw new LabError(`the reference lab did not come up: ${stderr.trim() || String(cause)}`, { cause })
  }
}
