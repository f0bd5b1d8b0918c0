// What answers where the Docker engine should be, told apart by what a person has to do about it.

import { userInfo } from 'node:os'
import Docker from 'dockerode'
import { reason } from '../errors.ts'

export type EngineState =
  | { readonly is: 'ready'; readonly version: string }
  /** Nothing listens there. */
  | { readonly is: 'absent' }
  | { readonly is: 'denied' }
  | { readonly is: 'old'; readonly version: string }
  | { readonly is: 'odd'; readonly because: string }

/** The oldest engine whose API (1.41) has all that the lab asks for. */
const oldest = { major: 20, minor: 10 }

/** 5 s: an engine answers in milliseconds, and one that is starting in a few seconds. */
const answerMs = 5000

const defaultHost = 'unix:///var/run/docker.sock'

/** Where the engine is looked for: 'unix:///var/run/docker.sock'. */
export const engineHost = (): string => process.env.DOCKER_HOST || defaultHost

/** Whether somebody chose another engine than this machine's own. */
export const hostIsChosen = (): boolean => engineHost() !== defaultHost

/** '20.10.24+dfsg1' → ready; '19.03.15' → old. */
export function judgeVersion(version: string): EngineState {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? []
  if (major === undefined || minor === undefined) return { is: 'odd', because: `its version is '${version}'` }
  const newEnough = Number(major) > oldest.major || (Number(major) === oldest.major && Number(minor) >= oldest.minor)
  return { is: newEnough ? 'ready' : 'old', version }
}

const absent = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'])
const denied = new Set<unknown>(['EACCES', 'EPERM', 401, 403])

/** What a failed question to the engine means. */
export function judgeFailure(thrown: unknown): EngineState {
  const { code, statusCode } = (thrown ?? {}) as { code?: string; statusCode?: number }
  if (code !== undefined && absent.has(code)) return { is: 'absent' }
  if (denied.has(code) || denied.has(statusCode)) return { is: 'denied' }
  return { is: 'odd', because: reason(thrown) }
}

/** Asks the engine for its version. Never throws. */
export async function probeEngine(): Promise<EngineState> {
  try {
    const signal = AbortSignal.timeout(answerMs)
    const gone = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error(`no answer within ${answerMs / 1000}s`)))
    })
    const { Version } = await Promise.race([new Docker({ timeout: answerMs }).version(), gone])
    return judgeVersion(String(Version))
  } catch (thrown) {
    return judgeFailure(thrown)
  }
}

/** One line on what is wrong, with the way out; undefined when all is well. */
export function engineComplaint(state: EngineState, host: string, user = userInfo().username): string | undefined {
  switch (state.is) {
    case 'ready':
      return undefined
    case 'absent':
      return `no Docker engine at ${host}; run npm run setup`
    case 'denied':
      return `cannot reach Docker at ${host}: permission denied; add yourself to the docker group (usermod -aG docker ${user}, then log in again)`
    case 'old':
      return `Docker engine ${state.version} is too old; ${oldest.major}.${oldest.minor} or newer is needed`
    case 'odd':
      return `cannot use Docker at ${host}: ${state.because}`
  }
}
