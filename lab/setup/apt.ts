import { $, which } from 'zx'
import { LabError } from '../errors.ts'
import { finish } from './command.ts'

export const isRoot = (): boolean => process.getuid?.() === 0

export const has = async (program: string): Promise<boolean> => (await which(program, { nothrow: true })) !== null

/**
 * Installs Debian packages, as root on Debian and its kin. Elsewhere throws LabError: `want` and the
 * commands to type.
 */
export async function install(want: string, ...packages: readonly string[]): Promise<void> {
  if (!(await has('apt-get'))) {
    throw new LabError(`${want}; install ${packages.join(', ')} with this system's package manager, then npm run setup`)
  }
  const commands = `apt-get update && apt-get install -y ${packages.join(' ')}`
  if (!isRoot()) throw new LabError(`${want}; as root: ${commands}; then npm run setup`)
  const apt = $({ env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  await finish('apt-get update', apt`apt-get update`)
  await finish(`apt-get install ${packages.join(' ')}`, apt`apt-get install -y ${packages}`)
}
