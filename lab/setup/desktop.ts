// Showing a file to whoever sits at this machine.

import { spawn } from 'node:child_process'
import { LabError } from '../errors.ts'

/** Opens a file with the program that the desktop has for it. Throws LabError where there is no desktop. */
export async function openOnDesktop(path: string): Promise<void> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  if (process.platform !== 'darwin' && !DISPLAY && !WAYLAND_DISPLAY)
    throw new LabError(`no desktop to open ${path} on: neither DISPLAY nor WAYLAND_DISPLAY is set`)
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open'
  await new Promise<void>((resolve, reject) => {
    const child = spawn(program, [path], { detached: true, stdio: 'ignore' })
    child.on('error', (cause) => reject(new LabError(`cannot open ${path}: ${program} did not start`, { cause })))
    child.on('spawn', () => {
      child.unref()
      resolve()
    })
  })
}
