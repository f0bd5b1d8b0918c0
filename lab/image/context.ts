// What docker is sent to build the lab image: the files of this folder, and below `programs` the
// TypeScript that runs inside nodes, its types stripped, beside the packages that it imports.

import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'
import type { Role } from '../exporter/catalogue/index.ts'
import { modulesOf, ROOT } from './modules.ts'
import { type Lock, packagesFor } from './packages.ts'

/** What an image is built from: path → content. */
export type Inputs = Readonly<Record<string, string | Uint8Array>>

/** The folder of programs, in the project and below the place in the image. */
const PROGRAMS = 'lab/programs'
const IN_IMAGE = '/usr/local/lib/ovn-gameday'

/** A program as a node starts it: 'node /usr/local/lib/ovn-gameday/lab/programs/http.js'. */
export const programCommand = (name: string): string => `node ${IN_IMAGE}/${PROGRAMS}/${name}.js`

/** The exporter of a chassis or of central, as the node starts it. */
export const exporterCommand = (role: Role): string => `node ${IN_IMAGE}/lab/exporter/main.js --role ${role}`

const programs = (): string[] => [
  'lab/exporter/main.ts',
  ...readdirSync(join(ROOT, PROGRAMS))
    .filter((name) => /\.ts$/.test(name) && !/\.(test|d)\.ts$/.test(name))
    .map((name) => `${PROGRAMS}/${name}`),
]

/** The files of this folder that docker is sent as they are. */
function ownFiles(): Inputs {
  const paths = readdirSync(import.meta.dirname, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(paths.map((path) => [path.slice(import.meta.dirname.length + 1), readFileSync(path)]))
}

function staged() {
  const { sources, packages } = modulesOf(programs())
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lock
  return { sources, packages: packagesFor(packages, lock) }
}

/** All that decides what the image is; packages count by what the lock file says of them. */
export function inputs(): Inputs {
  const { sources, packages } = staged()
  return { ...ownFiles(), ...sources, 'programs/packages.json': JSON.stringify(packages, null, 2) }
}

/** A program as Node runs it: without types, importing .js where its source imports .ts. */
export const stripped = (source: string): string =>
  stripTypeScriptTypes(source).replace(/^((?:import|export)\s[\w$*{},\s]*'\.[^']*)\.ts'/gm, "$1.js'")

/** Writes the build context into an empty folder. */
export function writeContext(folder: string): void {
  const write = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  const { sources, packages } = staged()
  for (const [path, content] of Object.entries(ownFiles())) write(path, content)
  for (const [path, source] of Object.entries(sources))
    write(join('programs', path.replace(/\.ts$/, '.js')), stripped(source))
  write('programs/package.json', JSON.stringify({ type: 'module' }))
  for (const path of Object.keys(packages))
    cpSync(join(ROOT, path), join(folder, 'programs', path), {
      recursive: true,
      filter: (from) => from === join(ROOT, path) || !from.slice(join(ROOT, path).length).includes('/node_modules'),
    })
}
