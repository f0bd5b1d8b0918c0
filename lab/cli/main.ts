// The lab by hand: `npm run lab:up` and the like.

import { capture } from './capture.ts'
import { dispatch } from './dispatch.ts'
import { down } from './down.ts'
import { heal } from './heal.ts'
import { shell } from './shell.ts'
import { status } from './status.ts'
import { up } from './up.ts'

await dispatch({ up, status, shell, capture, down, heal }, process.argv.slice(2))
