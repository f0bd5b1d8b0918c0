// The exporter's flags. Whatever is wrong with them is said in one line, before anything starts.

import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { parseArgs } from 'node:util'
import { EXPORTER_PORT, type Role } from './catalogue/index.ts'
import { OWNER_KEYS, type OwnerKeys } from './owner.ts'
import { endpoint, type Tls } from './rpc.ts'

export type Options = {
  readonly role: Role
  readonly address: string
  readonly port: number
  readonly ovsRundir: string
  readonly ovnRundir: string
  /** Where databases are, where not in their places below the run directories. */
  readonly ovsDb?: string
  readonly nb?: string
  readonly sb?: string
  readonly tls: Tls
  readonly ownerKeys: OwnerKeys
  readonly deadlineMs: number
  readonly hostname: string
}

/** Wrong flags: the author's fault, told without a stack. */
export class UsageError extends Error {}

export const HELP = `ovn-gameday-exporter --role chassis|central [flags]

Exports Open vSwitch and ovn-controller of a chassis, or NB, SB and northd of central, to Prometheus, with
tenant, VPC and tier of each port, as OVN's own rows say them. http://…/metrics

  --role chassis|central     what runs here; on a host with both, one exporter for each
  --listen [ADDRESS:]PORT    where Prometheus asks; :${EXPORTER_PORT.chassis} for a chassis, :${EXPORTER_PORT.central} for central
  --ovs-rundir PATH          pid files and sockets of Open vSwitch; /run/openvswitch
  --ovn-rundir PATH          those of OVN; /run/ovn
  --ovs-db REMOTE            the chassis' own database; unix:OVS-RUNDIR/db.sock
  --nb REMOTE[,REMOTE…]      the NB; unix:OVN-RUNDIR/ovnnb_db.sock
  --sb REMOTE[,REMOTE…]      the SB; unix:OVN-RUNDIR/ovnsb_db.sock, of a chassis external_ids:ovn-remote
  --private-key FILE         for remotes like ssl:172.20.0.2:6642, with
  --certificate FILE         a certificate that they trust,
  --ca-cert FILE             and who must have signed theirs
  --tenant-key KEY           which of a row's external_ids names its tenant; tenant
  --vpc-key KEY              its VPC; vpc
  --tier-key KEY             its tier; tier
  --deadline MS              how long a scrape waits for one source; 250
  --help                     this text
  --version                  the exporter's version

A REMOTE is unix:PATH, tcp:HOST:PORT or ssl:HOST:PORT (ovsdb(7)).`

const FLAGS = {
  role: { type: 'string' },
  listen: { type: 'string' },
  'ovs-rundir': { type: 'string', default: '/run/openvswitch' },
  'ovn-rundir': { type: 'string', default: '/run/ovn' },
  'ovs-db': { type: 'string' },
  nb: { type: 'string' },
  sb: { type: 'string' },
  'private-key': { type: 'string' },
  certificate: { type: 'string' },
  'ca-cert': { type: 'string' },
  'tenant-key': { type: 'string', default: OWNER_KEYS.tenant },
  'vpc-key': { type: 'string', default: OWNER_KEYS.vpc },
  'tier-key': { type: 'string', default: OWNER_KEYS.tier },
  deadline: { type: 'string', default: '250' },
  help: { type: 'boolean', default: false },
  version: { type: 'boolean', default: false },
} as const

function words(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS, strict: true }).values
  } catch (error) {
    throw new UsageError((error as Error).message.split('\n')[0] ?? '')
  }
}

function listens(text: string | undefined, role: Role): { readonly address: string; readonly port: number } {
  if (text === undefined) return { address: '', port: EXPORTER_PORT[role] }
  const [, address = '', port = ''] = /^(?:(.*):)?(\d+)$/.exec(text) ?? []
  if (port === '' || Number(port) > 65535) throw new UsageError(`--listen wants [ADDRESS:]PORT, not '${text}'`)
  return { address: address.replace(/^\[(.*)\]$/, '$1'), port: Number(port) }
}

function remotes(flag: string, text: string | undefined): void {
  for (const remote of text?.split(',') ?? []) {
    try {
      endpoint(remote)
    } catch (error) {
      throw new UsageError(`--${flag}: ${(error as Error).message}`)
    }
  }
}

function file(flag: string, path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`--${flag}: ${(error as Error).message}`)
  }
}

/** The options, or what is to be printed instead. Throws UsageError. */
export function options(args: readonly string[]): Options | 'help' | 'version' {
  const flags = words(args)
  if (flags.help) return 'help'
  if (flags.version) return 'version'
  const { role } = flags
  if (role !== 'chassis' && role !== 'central')
    throw new UsageError(`--role wants chassis or central${role === undefined ? '' : `, not '${role}'`}; see --help`)
  for (const flag of ['ovs-db', 'nb', 'sb'] as const) remotes(flag, flags[flag])
  const deadlineMs = Number(flags.deadline)
  if (!(deadlineMs >= 10 && deadlineMs <= 10_000))
    throw new UsageError(`--deadline wants 10 to 10000 ms, not '${flags.deadline}'`)
  const [key, cert, ca] = (['private-key', 'certificate', 'ca-cert'] as const).map((flag) => file(flag, flags[flag]))
  return {
    role,
    ...listens(flags.listen, role),
    ovsRundir: flags['ovs-rundir'],
    ovnRundir: flags['ovn-rundir'],
    ...(flags['ovs-db'] && { ovsDb: flags['ovs-db'] }),
    ...(flags.nb && { nb: flags.nb }),
    ...(flags.sb && { sb: flags.sb }),
    tls: { ...(key && { key }), ...(cert && { cert }), ...(ca && { ca }) },
    ownerKeys: { tenant: flags['tenant-key'], vpc: flags['vpc-key'], tier: flags['tier-key'] },
    deadlineMs,
    hostname: hostname(),
  }
}
