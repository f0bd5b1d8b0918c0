#!/usr/bin/env node
// The exporter as a program: in the lab's chassis and central nodes, and on any host with OVN.

import { createServer } from 'node:http'
import { metricsOf } from './catalogue/index.ts'
import { centralSubject } from './central/index.ts'
import { chassisSubject } from './chassis/index.ts'
import { exposition } from './exposition.ts'
import { HELP, options, UsageError } from './options.ts'
import { VERSION } from './version.ts'

const MANUAL = '<!doctype html><title>ovn-gameday-exporter</title><a href="/metrics">metrics</a>\n'

function chosen() {
  try {
    return options(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(`ovn-gameday-exporter: ${error.message}`)
    process.exit(2)
  }
}

const flags = chosen()
if (flags === 'help') console.log(HELP)
else if (flags === 'version') console.log(VERSION)
else {
  const subject = flags.role === 'chassis' ? chassisSubject(flags) : centralSubject(flags)
  const scrape = exposition(subject, metricsOf(flags.role), VERSION)
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://exporter')
    if (pathname === '/') return void response.setHeader('content-type', 'text/html; charset=utf-8').end(MANUAL)
    if (pathname !== '/metrics') return void response.writeHead(404).end('no such page; see /metrics\n')
    try {
      const { contentType, text } = await scrape()
      response.setHeader('content-type', contentType).end(text)
    } catch (error) {
      response.writeHead(500).end(`${(error as Error).stack}\n`)
    }
  })
  server.on('error', (error) => {
    console.error(`ovn-gameday-exporter: ${error.message}`)
    process.exit(1)
  })
  process.on('SIGTERM', () => process.exit(0))
  // Databases are followed from now on, not from the first scrape on.
  await scrape()
  server.listen(flags.port, flags.address || undefined)
}
