import { createWriteStream, mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { $ } from 'zx'
import { LabError } from '../errors.ts'
import { writeContext } from '../image/context.ts'
import { baseImageName, imageName } from '../image/name.ts'
import { announced, type BuildStep } from './build-progress.ts'
import { lastLines, since } from './command.ts'
import { demandDisk, isDiskFull } from './disk.ts'
import { imageSize } from './images.ts'
import { say } from './say.ts'
import { missing, ok, type Step } from './step.ts'

const root = join(import.meta.dirname, '..', '..')
const logFolder = join(root, 'reports', 'out')

/** 100 ms */
const worthALineNs = 100_000_000n

/** BuildKit where its plugin is; the older builder, which newer clients no longer have, elsewhere. */
async function builder(): Promise<NodeJS.ProcessEnv> {
  const { exitCode } = await $({ nothrow: true, quiet: true })`docker buildx version`
  if (exitCode !== 0) return { ...process.env, DOCKER_BUILDKIT: '0' }
  // The default builder is the engine itself: it sees a home-made base image and the host's network.
  return { ...process.env, DOCKER_BUILDKIT: '1', BUILDX_BUILDER: 'default', BUILDKIT_PROGRESS: 'plain' }
}

/** The reason of a failed build that a person can do something about. */
function failed(image: string, output: string, log: string): LabError {
  if (isDiskFull(output)) return new LabError(`no space left on the engine's disk while building ${image}`)
  if (/buildx (component )?is missing|install the buildx component/i.test(output) && !/^Step /m.test(output)) {
    return new LabError('this docker builds with BuildKit only and has no buildx; install docker-buildx')
  }
  return new LabError(`could not build ${image}; the end of ${log}:`, { evidence: lastLines(output) })
}

async function build(suite: string, context: string): Promise<void> {
  const image = imageName(suite)
  writeContext(context)
  mkdirSync(logFolder, { recursive: true })
  const log = join(logFolder, 'image-build.log')
  const file = createWriteStream(log)
  const args = ['--network', 'host', '--build-arg', `BASE=${baseImageName(suite)}`, '--tag', image]
  const docker = $({
    env: await builder(),
    cwd: root,
    nothrow: true,
    quiet: true,
  })`docker build ${args} ${context} 2>&1`
  let current: (BuildStep & { start: bigint }) | undefined
  const close = () => {
    // What comes from the cache takes no time and needs no line.
    if (!current || process.hrtime.bigint() - current.start < worthALineNs) return
    say.done(`${current.nr} ${current.text.slice(0, 90)}`, since(current.start))
  }
  for await (const line of docker) {
    file.write(`${line}\n`)
    const step = announced(line)
    if (!step) continue
    close()
    current = { ...step, start: process.hrtime.bigint() }
    say.now(`${step.nr} ${step.text}`)
  }
  file.end()
  const { exitCode, stdout } = await docker
  if (exitCode !== 0) throw failed(image, stdout, log)
  close()
}

/** The image that every node of a lab runs, named by what is in it. */
export const labImageStep = (suite: string): Step => ({
  name: 'lab image',
  state: async () => {
    const bytes = await imageSize(imageName(suite))
    return bytes === undefined ? missing(imageName(suite)) : ok(`${imageName(suite)}, ${Math.round(bytes / 1e6)} MB`)
  },
  do: async () => {
    await demandDisk()
    const context = await mkdtemp(join(tmpdir(), 'ovn-gameday-'))
    try {
      await build(suite, context)
    } finally {
      await rm(context, { recursive: true, force: true })
    }
  },
})
