import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { LabError } from '../errors.ts'
import { imageName } from '../image/name.ts'
import { preflight } from './preflight.ts'

type Answers = Readonly<Record<string, { readonly status?: number; readonly body: unknown }>>

/** Something that speaks the engine's HTTP on a socket of its own, and DOCKER_HOST pointing at it. */
async function fakeEngine(answers: Answers) {
  const folder = await mkdtemp(join(tmpdir(), 'gameday-engine-'))
  const socket = join(folder, 'docker.sock')
  const server = createServer((request, response) => {
    const key = Object.keys(answers).find((path) => request.url?.includes(path))
    const { status = 200, body } = (key !== undefined && answers[key]) || { status: 404, body: { message: 'no such' } }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((listening) => server.listen(socket, listening))
  vi.stubEnv('DOCKER_HOST', `unix://${socket}`)
  return {
    host: `unix://${socket}`,
    [Symbol.asyncDispose]: async () => {
      vi.unstubAllEnvs()
      server.closeAllConnections()
      server.close()
      await rm(folder, { recursive: true })
    },
  }
}

const complaint = async () => {
  const thrown = await preflight().then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(thrown).toBeInstanceOf(LabError)
  return (thrown as LabError).message
}

test('where no engine listens, setup is the way out', async () => {
  vi.stubEnv('DOCKER_HOST', 'unix:///nonexistent/docker.sock')
  expect(await complaint()).toBe('no Docker engine at unix:///nonexistent/docker.sock; run npm run setup')
  vi.unstubAllEnvs()
})

test('an engine that lets nobody in names the docker group', async () => {
  await using engine = await fakeEngine({ '/version': { status: 403, body: { message: 'forbidden' } } })
  expect(await complaint()).toMatch(
    `cannot reach Docker at ${engine.host}: permission denied; add yourself to the docker group (usermod -aG docker `,
  )
})

test('an engine from before 20.10 is too old', async () => {
  await using _ = await fakeEngine({ '/version': { body: { Version: '19.03' } } })
  expect(await complaint()).toBe('Docker engine 19.03 is too old; 20.10 or newer is needed')
})

test('an engine that fails says how', async () => {
  await using engine = await fakeEngine({ '/version': { status: 500, body: { message: 'out of cheese' } } })
  expect(await complaint()).toMatch(new RegExp(`^cannot use Docker at ${engine.host}: .*out of cheese`))
})

test('an engine without the lab image names it', async () => {
  await using _ = await fakeEngine({ '/version': { body: { Version: '20.10.24' } } })
  expect(await complaint()).toBe(`no lab image ${imageName()}; run npm run setup`)
})

test('an engine with the lab image is ready', async () => {
  await using _ = await fakeEngine({
    '/version': { body: { Version: '20.10.24' } },
    '/images/ovn-gameday-lab': { body: { Size: 294_000_000 } },
  })
  await preflight()
})
