// What the host has that a lab must not touch, as lines of text. Only looks.

import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { LabError } from '../../lab/errors.ts'
import { normalise } from './normalise.ts'
import type { Section } from './volatile.ts'

/** Lines by section; a section that this machine has no tool for is missing. */
export type Snapshot = ReadonlyMap<Section, readonly string[]>

const MOST_BYTES = 64 * 2 ** 20

/** Lines that a program prints; undefined where there is no such program. Throws LabError when it fails. */
async function print(program: string, ...args: string[]): Promise<string[] | undefined> {
  try {
    const { stdout } = await promisify(execFile)(program, args, { maxBuffer: MOST_BYTES })
    return stdout.split('\n')
  } catch (cause) {
    const { code, stderr = '' } = cause as { code?: unknown; stderr?: string }
    if (code === 'ENOENT') return undefined
    throw new LabError(`${program} ${args.join(' ')} failed: ${stderr.trim() || String(cause)}`, { cause })
  }
}

const SYSCTL = '/proc/sys/net'

/** 'net.ipv4.ip_forward = 0', for every file below /proc/sys/net. */
function sysctls(): string[] {
  return readdirSync(SYSCTL, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile()) return []
    const path = join(entry.parentPath, entry.name)
    // As sysctl(8) writes it: a dot in the name of an interface becomes a slash.
    const key = path.slice('/proc/sys/'.length).replace(/[./]/g, (sign) => (sign === '.' ? '/' : '.'))
    return `${key} = ${read(path)}`
  })
}

/** Some keys can only be written, and some have no value until they are given one. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim().replaceAll('\n', ' ')
  } catch (thrown) {
    return `(${(thrown as { code?: string }).code})`
  }
}

/** Takes down the host's network and mounts, as they are for this process. */
export async function snapshot(): Promise<Snapshot> {
  const [links, routes, rules, nft, iptables] = await Promise.all([
    print('ip', '-d', '-o', 'link'),
    print('ip', 'route', 'show', 'table', 'all'),
    print('ip', 'rule'),
    print('nft', 'list', 'ruleset'),
    print('iptables-save'),
  ])
  if (!links || !routes) throw new LabError('host-diff looks with ip(8); install iproute2')
  const sections: [Section, readonly string[] | undefined][] = [
    ['links', links],
    ['routes', [...routes, ...(rules ?? [])]],
    ['nft rules', nft],
    ['iptables rules', iptables],
    ['sysctls', sysctls()],
    ['named namespaces', existsSync('/run/netns') ? readdirSync('/run/netns') : []],
    ['mounts', readFileSync('/proc/self/mounts', 'utf8').split('\n')],
  ]
  return new Map(sections.flatMap(([section, lines]) => (lines ? [[section, normalise(section, lines)]] : [])))
}
