// What the schema found, in our words.

import { z } from 'zod'
import { alternatives } from './alternatives.ts'
import type { Flaw, Path } from './flaw.ts'

type Issue = z.core.$ZodIssue

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

const shown = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  return typeof value === 'string' ? `'${value}'` : String(value)
}

/** The fields that an object at a path may have. */
const fieldsAt = (schema: unknown, path: Path): readonly string[] => {
  if (schema instanceof z.ZodExactOptional) return fieldsAt(schema.unwrap(), path)
  const [key, ...rest] = path
  if (schema instanceof z.ZodArray) return fieldsAt(schema.element, rest)
  if (schema instanceof z.ZodRecord) return fieldsAt(schema.valueType, rest)
  if (!(schema instanceof z.ZodObject)) return []
  return key === undefined ? Object.keys(schema.shape) : fieldsAt(schema.shape[String(key)], rest)
}

const words = (issue: Issue): string => {
  const { input } = issue
  switch (issue.code) {
    case 'invalid_type':
      return input === undefined
        ? 'is missing'
        : `must be ${KINDS[issue.expected] ?? issue.expected}, was ${shown(input)}`
    case 'invalid_value':
      return input === undefined ? 'is missing' : `${shown(input)} is unknown; it may be ${issue.values.join(', ')}`
    case 'too_small':
      return Array.isArray(input)
        ? 'is empty; at least one is needed'
        : `must be at least ${issue.minimum}, was ${shown(input)}`
    case 'too_big':
      return `must be at most ${issue.maximum}, was ${shown(input)}`
    case 'invalid_key':
      return `has a key that will not do: ${issue.issues[0]?.message ?? issue.message}`
    default:
      return issue.message
  }
}

/** One flaw for each issue, and for each unknown key of an issue. */
export const shapeFlaws = (schema: z.ZodType, issues: readonly Issue[]): Flaw[] =>
  issues.flatMap((issue) => {
    if (issue.code === 'invalid_key') return [{ at: issue.path.slice(0, -1), says: words(issue) }]
    if (issue.code !== 'unrecognized_keys') return [{ at: issue.path, says: words(issue) }]
    const fields = fieldsAt(schema, issue.path)
    return issue.keys.map((key) => ({
      at: [...issue.path, key],
      says: `is not a field; there is ${alternatives(key, fields)}`,
    }))
  })
