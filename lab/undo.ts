// What must be undone, last first. Undoing never throws: it tells what failed and goes on.

import { reason } from './errors.ts'

export type UndoStack = {
  /** Registers an undo; the returned function does it now, once, and rejects if it fails. */
  readonly defer: (name: string, undo: () => Promise<void>) => () => Promise<void>
  /** Does all that is left, last first; returns what failed, as text. Done once, by whoever comes first. */
  readonly unwind: () => Promise<readonly string[]>
}

export function newUndoStack(): UndoStack {
  const stack: { name: string; once: () => Promise<void> }[] = []
  let unwinding: Promise<readonly string[]> | undefined
  return {
    defer: (name, undo) => {
      let done: Promise<void> | undefined
      const once = () => {
        done ??= undo()
        return done
      }
      stack.push({ name, once })
      return once
    },
    unwind: () => {
      unwinding ??= (async () => {
        const failed: string[] = []
        for (let step = stack.pop(); step; step = stack.pop()) {
          try {
            await step.once()
          } catch (error) {
            failed.push(`${step.name}: ${reason(error)}`)
          }
        }
        return failed
      })()
      return unwinding
    },
  }
}
