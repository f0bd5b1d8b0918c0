import type { Fault } from '../fault.ts'

export type Entry = {
  /** Words that it wants, '<node>'. */
  readonly wants: readonly string[]
  readonly about: string
  readonly make: (words: readonly string[]) => Fault
}
