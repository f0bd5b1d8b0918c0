// Which files and packages a TypeScript program needs to run inside a node: what it imports, and what
// that imports.

import { readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { LabError } from '../errors.ts'

/** The project, whose paths these are relative to. */
export const ROOT = join(import.meta.dirname, '..', '..')

/** Types vanish when a program is staged, so what is imported for its types alone is not needed there. */
const IMPORTS = /^(?:import|export)\s+(?!type\b)(?:[\w$*{},\s]*\sfrom\s+)?'([^']+)'/gm

/** What a module imports, as it names it. */
export const importsOf = (source: string): string[] => [...source.matchAll(IMPORTS)].map(([, name = '']) => name)

export type Modules = {
  /** Paths of the project's own files → their TypeScript, the programs themselves included. */
  readonly sources: Readonly<Record<string, string>>
  /** Names of the packages that they import. */
  readonly packages: readonly string[]
}

const packageOf = (name: string): string => name.split('/', name.startsWith('@') ? 2 : 1).join('/')

/** Everything that programs import, by their paths in the project. */
export function modulesOf(
  programs: readonly string[],
  read = (path: string) => readFileSync(join(ROOT, path), 'utf8'),
): Modules {
  const sources: Record<string, string> = {}
  const packages = new Set<string>()
  const pending = [...programs]
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (path in sources) continue
    const source = read(path)
    sources[path] = source
    for (const name of importsOf(source)) {
      if (name.startsWith('node:')) continue
      if (!name.startsWith('.')) packages.add(packageOf(name))
      else if (name.endsWith('.ts')) pending.push(normalize(join(path, '..', name)))
      else throw new LabError(`${path} imports '${name}'; a program may import .ts files, packages and node: only`)
    }
  }
  return { sources, packages: [...packages].sort() }
}
