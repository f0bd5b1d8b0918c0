// `npm run lab:break`. It stands here because the lab knows no faults.

import { dispatch } from '../../lab/cli/dispatch.ts'
import { breakLab } from './break.ts'

await dispatch({ break: breakLab }, ['break', ...process.argv.slice(2)])
