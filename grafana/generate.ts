// npm run dashboards: writes what is generated from the dashboards and rules as code.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { files } from './files.ts'

for (const [path, content] of Object.entries(files())) {
  const file = join(import.meta.dirname, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}
console.log(`${Object.keys(files()).length} files written, all but charts.json of lab/monitor/ below grafana/`)
