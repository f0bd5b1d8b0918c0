// Which files of a run go into Allure's page, which is one file itself, and as what.

import { statSync } from 'node:fs'
import { extname, join } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.json': 'application/json',
  '.jsonl': 'application/jsonl',
  '.pcap': 'application/vnd.tcpdump.pcap',
}

/** Above this a file is linked rather than embedded: a capture of a minute would make the page unusable. */
const LARGEST = 1e6

export type Attached = { readonly file: string; readonly path: string; readonly type: string }

/** The page first, then the small ones. */
export function attached(folder: string, files: readonly string[]): Attached[] {
  const order = (file: string) => (file === 'timeline.html' ? 0 : 1)
  return files
    .filter((file) => statSync(join(folder, file)).size <= LARGEST)
    .sort((a, b) => order(a) - order(b))
    .map((file) => ({ file, path: join(folder, file), type: TYPES[extname(file)] ?? 'text/plain' }))
}
