// For the tests of the check: the reference lab with a few fields changed, and what its author reads.

import { ScenarioError } from '../errors.ts'
import { checkTopology } from './check.ts'
import type { Topology } from './types.ts'

/** Fields by path, 'vpcs.a.workloads.1.address'; undefined removes one. */
export type Changes = Readonly<Record<string, unknown>>
export type Row = readonly [flaw: string, changes: Changes, says: string]

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const change = (root: unknown, path: string, value: unknown): void => {
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  const owner = keys.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), root)
  if (!isRecord(owner)) throw new Error(`no ${path} to change`)
  if (value === undefined) delete owner[last]
  else owner[last] = value
}

export const changed = (topology: Topology, changes: Changes): unknown => {
  const copy: unknown = JSON.parse(JSON.stringify(topology))
  for (const [path, value] of Object.entries(changes)) change(copy, path, value)
  return copy
}

/** The message, or that there is none. */
export const refusal = (value: unknown): string => {
  try {
    checkTopology(value)
  } catch (error) {
    if (error instanceof ScenarioError) return error.message
    throw error
  }
  return 'nothing wrong'
}
