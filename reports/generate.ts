// `npm run report`: makes the pages, and says where they are.

import { relative } from 'node:path'
import { reason } from '../lab/errors.ts'
import { openOnDesktop } from '../lab/setup/desktop.ts'
import { makePages } from './pages.ts'
import { OUT } from './places.ts'

const USAGE = 'usage: npm run report [-- --open]'

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(`${USAGE}\n\nMakes the pages of all runs below reports/out; --open shows them in a browser.`)
    return 0
  }
  const stray = args.find((arg) => arg !== '--open')
  if (stray !== undefined) {
    console.error(`no option '${stray}'; ${USAGE}`)
    return 2
  }
  const pages = await makePages(OUT)
  if (!pages) {
    console.error('no results yet; run npm test first')
    return 1
  }
  console.log(`runs    ${relative(process.cwd(), pages.index)}`)
  if (pages.allure) console.log(`allure  ${relative(process.cwd(), pages.allure)}`)
  if (args.includes('--open')) await openOnDesktop(pages.index)
  return 0
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    console.error(reason(error))
    process.exitCode = 1
  },
)
