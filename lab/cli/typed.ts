// A command of the project run as people type it, for tests that may not run programs themselves.

import { join } from 'node:path'
import { execa } from 'execa'

const ROOT = join(import.meta.dirname, '..', '..')

/** Runs a script of the project by its path, 'lab/cli/main.ts', with these words. A failure is an answer, too. */
export const typed = (script: string, ...words: readonly string[]) =>
  execa(process.execPath, [join(ROOT, script), ...words], { reject: false })

/** Resolves once it has printed this; rejects when it ends without. */
export const says = (running: ReturnType<typeof typed>, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = ''
    running.stdout?.on('data', (chunk) => {
      said += String(chunk)
      if (said.includes(text)) resolve()
    })
    void running.then(({ stderr }) => reject(new Error(`it ended without saying ${text}: ${stderr}`)))
  })
