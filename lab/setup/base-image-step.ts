import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { $ } from 'zx'
import { baseImageName } from '../image/name.ts'
import { has, install } from './apt.ts'
import { finish } from './command.ts'
import { demandDisk } from './disk.ts'
import { imageSize } from './images.ts'
import { say } from './say.ts'
import { missing, ok, type Step } from './step.ts'

/** Debian without a registry of images: the same packages, put together here. */
async function makeBase(suite: string): Promise<void> {
  if (!(await has('mmdebstrap'))) await install('mmdebstrap is not installed', 'mmdebstrap', 'debian-archive-keyring')
  const folder = await mkdtemp(join(tmpdir(), 'ovn-gameday-'))
  const tarball = join(folder, 'base.tar')
  try {
    const minimal = ['--variant=minbase', '--include=ca-certificates']
    await finish(`mmdebstrap ${suite}`, $`mmdebstrap ${minimal} ${suite} ${tarball}`)
    await finish('docker import', $`docker import ${tarball} ${baseImageName(suite)}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** `debian:<suite>-slim`, pulled or home-made. */
export const baseImageStep = (suite: string): Step => ({
  name: 'base image',
  state: async () => {
    const present = (await imageSize(baseImageName(suite))) !== undefined
    return present ? ok(baseImageName(suite)) : missing(baseImageName(suite))
  },
  do: async () => {
    await demandDisk()
    const pull = `docker pull ${baseImageName(suite)}`
    say.now(pull)
    // 2 min: an engine without a registry fails in seconds, one behind a silent firewall never does.
    const { exitCode } = await $({ nothrow: true, quiet: true, timeout: '120s' })`docker pull ${baseImageName(suite)}`
    if (exitCode === 0) return
    say.line(`         ${pull} did not work; making it from Debian's packages`)
    await makeBase(suite)
  },
})
