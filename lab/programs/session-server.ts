// Answers the exchanges of long-lived sessions, and tells whom it sees and what it saw of resets.

import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { kindOf } from './counts.ts'
import { answerTo, lines } from './exchange.ts'
import { endsWith, everySecond, program } from './program.ts'

export type SessionServerOptions = { readonly port: number }

const { options, now, tell } = program<SessionServerOptions>()

let open = 0
let resets = 0

/** RST segments that this host's kernel has sent, from the line below the heading in /proc/net/snmp. */
function resetsSent(): number {
  const [names = [], values = []] = readFileSync('/proc/net/snmp', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('Tcp:'))
    .map((line) => line.split(' '))
  return Number(values[names.indexOf('OutRsts')] ?? 0)
}

const server = createServer({ noDelay: true }, (socket) => {
  const source = `${socket.remoteAddress}:${socket.remotePort}`
  open++
  socket.on(
    'data',
    lines((line) => socket.write(`${answerTo(line, source)}\n`)),
  )
  socket.on('error', (error: { code?: string }) => {
    if (kindOf(error) === 'reset') resets++
  })
  socket.on('close', () => {
    open--
  })
})

let sentBefore = resetsSent()
const last = everySecond(now, (fromNs, toNs) => {
  const sent = resetsSent()
  tell({ kind: 'session-server', fromNs, toNs, open, resets, resetsSent: sent - sentBefore })
  sentBefore = sent
  resets = 0
})
endsWith({ tell }, 'server', last)
// Hundreds of sessions begin within a second or two.
server.listen({ port: options.port, host: '0.0.0.0', backlog: 1024 })
