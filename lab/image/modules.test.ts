import { expect, test } from 'vitest'
import { importsOf, modulesOf } from './modules.ts'

test('what is imported for its types alone is not needed', () => {
  const source = `// from 'nowhere'
import { readFileSync } from 'node:fs'
import type { Tier } from '../topology/types.ts'
import {
  type Counter,
  counter,
} from './counts.ts'
import './side-effect.ts'
export { histogram } from '../traffic/histogram.ts'
export type { Told } from '../traffic/events.ts'
const text = "import 'x'"
`
  expect(importsOf(source)).toEqual(['node:fs', './counts.ts', './side-effect.ts', '../traffic/histogram.ts'])
})

const files: Record<string, string> = {
  'lab/programs/a.ts': "import { b } from '../b.ts'\nimport x from 'autocannon/lib/httpClient.js'",
  'lab/b.ts': "import '@scope/package/deep.js'\nimport './programs/a.ts'\nimport 'node:net'",
  'lab/programs/json.ts': "import list from './list.json'",
}
const read = (path: string) => files[path] ?? expect.fail(`read ${path}`)

test('a program brings all that its imports import, and the packages, each once', () => {
  expect(modulesOf(['lab/programs/a.ts'], read)).toEqual({
    sources: { 'lab/programs/a.ts': files['lab/programs/a.ts'], 'lab/b.ts': files['lab/b.ts'] },
    packages: ['@scope/package', 'autocannon'],
  })
})

test('what cannot be staged is refused', () => {
  expect(() => modulesOf(['lab/programs/json.ts'], read)).toThrow(
    "lab/programs/json.ts imports './list.json'; a program may import .ts files, packages and node: only",
  )
})
