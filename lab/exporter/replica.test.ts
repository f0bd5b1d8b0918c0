import { createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { jsonStream } from '../ovn/json-stream.ts'
import { type Change, replica, type Wanted } from './replica.ts'

const WANTED: Wanted = {
  database: 'OVN_Southbound',
  tables: {
    Chassis: ['name'],
    Port_Binding: ['logical_port', 'chassis', 'not_in_this_version'],
    Not_In_This_Version: ['name'],
  },
  where: (rows) => ({ Port_Binding: [['chassis', '==', ['uuid', [...rows('Chassis').keys()][0] ?? 'none']]] }),
}
const schema = {
  version: '20.41.0',
  tables: {
    Chassis: { columns: { name: { type: 'string' } } },
    Port_Binding: {
      columns: {
        logical_port: { type: 'string' },
        chassis: { type: { key: { type: 'uuid', refTable: 'Chassis' }, min: 0, max: 1 } },
      },
    },
  },
}

type Asked = { readonly id: unknown; readonly method: string; readonly params: readonly unknown[] }

/** A server with these rows, that tells `aside` in one breath with them. */
async function served(rows: object, { connected = true, aside = {}, chassis = (): string => 'c-1' } = {}) {
  const asked: Asked[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    const say = (...messages: object[]) => socket.write(messages.map((each) => JSON.stringify(each)).join(''))
    socket.on(
      'data',
      jsonStream((value) => {
        const one = value as Asked
        asked.push(one)
        const answer = (result: unknown) => ({ id: one.id, result, error: null })
        if (one.method === 'get_schema') say(answer(schema))
        else if (one.params[0] === '_Server') say(answer({ Database: { d: { initial: { connected } } } }))
        else if (one.params[1] === 'OVN_Southbound')
          say(answer({ Chassis: { [chassis()]: { initial: { name: 'c-1' } } } }))
        else if (one.method === 'monitor_cond')
          say(answer({ Port_Binding: rows }), {
            method: 'update2',
            params: [one.params[1], { Port_Binding: aside }],
          })
        else say(answer(one.method === 'echo' ? [] : {}))
      }),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const end = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  onTestFinished(end)
  const address = server.address()
  return { remote: `tcp:127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, asked, end }
}

const soon = () => AbortSignal.timeout(2000)
const bound = (chassis: string) => ({ initial: { logical_port: 'vpc-a-web-1', chassis: ['uuid', chassis] } })

test('rows are followed, those told in one breath with the first ones too, and what a version lacks is left out', async () => {
  const { remote, asked } = await served(
    { p: bound('c-1') },
    { aside: { p: { modify: { chassis: ['uuid', 'c-2'] } } } },
  )
  const changes: Change[] = []
  const rows = replica(() => [remote], WANTED, { onChange: (change) => changes.push(change) })
  await rows.touch(soon())
  expect(rows.rows('Port_Binding').get('p')).toEqual({ logical_port: 'vpc-a-web-1', chassis: 'c-2' })
  expect(rows.version()).toBe('20.41.0')
  expect(changes).toMatchObject([{ before: { chassis: 'c-1' }, after: { chassis: 'c-2' } }])
  expect(asked.slice(-2).map(({ params }) => params[2])).toEqual([
    { Chassis: [{ columns: ['name'] }] },
    { Port_Binding: [{ columns: ['logical_port', 'chassis'], where: [['chassis', '==', ['uuid', 'c-1']]] }] },
  ])
  await rows.touch(soon())
  expect(asked.at(-1)?.method).toBe('echo')
})

test('other rows are wanted: they are followed anew, and no condition is ever changed', async () => {
  let chassis = 'c-1'
  const { remote, asked } = await served({ p: bound('c-1') }, { chassis: () => chassis })
  let wanted = 'c-1'
  const rows = replica(() => [remote], {
    ...WANTED,
    where: () => ({ Port_Binding: [['chassis', '==', ['uuid', wanted]]] }),
  })
  await rows.touch(soon())
  chassis = 'c-2'
  wanted = 'c-2'
  await rows.touch(soon())
  expect(JSON.stringify(asked.at(-1)?.params)).toContain('"c-2"')
  expect(asked.map(({ method }) => method)).not.toContain('monitor_cond_change')
})

test('a condition on a column that is not followed is never sent, as ovsdb-server dies of it', async () => {
  const { remote, asked } = await served({ p: bound('c-1') })
  const tables = { ...WANTED.tables, Port_Binding: ['logical_port'] }
  await expect(replica(() => [remote], { ...WANTED, tables }).touch(soon())).rejects.toThrow(
    'Port_Binding: a condition on what is not followed: ["chassis","==",["uuid","c-1"]]',
  )
  expect(asked.flatMap(({ params }) => JSON.stringify(params))).not.toContainEqual(
    expect.stringContaining('where":[["chassis'),
  )
})

test('one that is cut off from its cluster is passed over, and when a server goes another is followed', async () => {
  const [cutOff, first, second] = [
    await served({}, { connected: false }),
    await served({ p: bound('c-1') }),
    await served({ p: bound('c-2') }),
  ]
  const changes: Change[] = []
  const rows = replica(() => [cutOff, first, second].map(({ remote }) => remote), WANTED, {
    onChange: (change) => changes.push(change),
  })
  await rows.touch(soon())
  expect(rows.rows('Port_Binding').get('p')?.chassis).toBe('c-1')
  first.end()
  await expect
    .poll(() => rows.touch(soon()).then(() => rows.rows('Port_Binding').get('p')?.chassis, String))
    .toBe('c-2')
  expect(changes.filter(({ table }) => table === 'Port_Binding')).toMatchObject([
    { before: { chassis: 'c-1' }, after: { chassis: 'c-2' } },
  ])
})

test('where nobody answers, rows stay as they were and why is said', async () => {
  const only = await served({ p: bound('c-1') })
  const rows = replica(() => [only.remote], WANTED)
  await rows.touch(soon())
  only.end()
  await expect.poll(() => rows.touch(soon()).then(() => 'well', String)).toContain('ECONNREFUSED')
  expect(rows.rows('Port_Binding').get('p')?.chassis).toBe('c-1')
  await expect(replica(() => [], WANTED).touch(soon())).rejects.toThrow('OVN_Southbound: nobody said where it is')
})
