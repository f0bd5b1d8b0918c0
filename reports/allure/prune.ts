// Allure's results pile up over the runs. Its page shows the newest of each test; those before are in
// our index. Left in, it would call them retries of one run, which they are not.

import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const result = z.looseObject({ historyId: z.string(), stop: z.number() })

/** Removes what is superseded, and files that no result names any more. Returns how many results stay. */
export function pruneResults(folder: string): number {
  if (!existsSync(folder)) return 0
  const files = readdirSync(folder)
  const read = (file: string) => ({ file, text: readFileSync(join(folder, file), 'utf8') })
  const results = files.filter((file) => file.endsWith('-result.json')).map(read)
  const parsed = results.flatMap(({ file, text }) => {
    const { data } = result.safeParse(JSON.parse(text))
    return data ? [{ file, text, ...data }] : []
  })
  const newest = [...Map.groupBy(parsed, ({ historyId }) => historyId).values()].flatMap(
    (same) => same.toSorted((a, b) => b.stop - a.stop)[0] ?? [],
  )
  const kept = new Set(newest.map(({ file }) => file))
  const named = newest.map(({ text }) => text).join('\n')
  for (const file of files) {
    const stays = kept.has(file) || (file.includes('-attachment') && named.includes(file))
    if (!stays) rmSync(join(folder, file))
  }
  return newest.length
}
