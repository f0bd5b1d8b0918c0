// Which files of a run go into Allure's page, which is one file itself, and as what.

import { existsSync, statSync } from 'node:fs'
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

/** Our page, and the other small ones. */
export function attached(folder: string, files: readonly string[]): [page: Attached[], rest: Attached[]] {
  const small = files
    .filter((file) => existsSync(join(folder, file)) && statSync(join(folder, file)).size <= LARGEST)
    .map((file): Attached => ({ file, path: join(folder, file), type: TYPES[extname(file)] ?? 'text/plain' }))
  const isPage = ({ file }: Attached) => file === 'timeline.html'
  return [small.filter(isPage), small.filter((each) => !isPage(each))]
}
