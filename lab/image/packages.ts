// Packages that are copied into the image, from where npm has put them: there is no npm in a node.

import { LabError } from '../errors.ts'

export type Locked = {
  readonly version?: string
  readonly integrity?: string
  readonly dependencies?: Readonly<Record<string, string>>
}

/** package-lock.json, as far as it matters here. */
export type Lock = { readonly packages: Readonly<Record<string, Locked>> }

/** Where Node finds a package that is asked for at a path: in the nearest node_modules above it. */
function found(lock: Lock, from: string, name: string): string {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const path = `${at === '' ? '' : `${at}/`}node_modules/${name}`
    if (path in lock.packages) return path
    if (at === '') throw new LabError(`package-lock.json has no ${name}, which ${from || 'a program'} needs`)
  }
}

/** Packages and all that they depend on: folder 'node_modules/autocannon' → what the lock file says of it. */
export function packagesFor(names: readonly string[], lock: Lock): Readonly<Record<string, Locked>> {
  const all: Record<string, Locked> = {}
  const pending = names.map((name) => found(lock, '', name))
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const locked = lock.packages[path]
    if (path in all || !locked) continue
    all[path] = locked
    for (const name of Object.keys(locked.dependencies ?? {})) pending.push(found(lock, path, name))
  }
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)))
}
