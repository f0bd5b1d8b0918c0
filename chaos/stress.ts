// A node whose processor, memory or disk somebody else uses up: a noisy neighbour, a backup, a leak.

import { LabError, ScenarioError } from '../lab/errors.ts'
import { nodeNamed } from '../lab/topology/nodes.ts'
import type { Lab } from '../lab/types.ts'
import type { Condition } from '../lab/until.ts'
import { all } from './compose/together.ts'
import type { Fault } from './fault.ts'
import { serves } from './kill.ts'

/** By powers of ten, '256MB'. */
export type Bytes = `${number}${'MB' | 'GB'}`

/** At least one of them. */
export type Stress = {
  /** Processes that do nothing but compute. */
  readonly cpu?: number
  /** Memory that is taken, and written again and again. */
  readonly memory?: Bytes
  /** Size of a file that is written again and again, in the container's own layer. */
  readonly disk?: Bytes
}

/** More would be a fault of the machine that runs the lab, not of a node. */
const [MOST_WORKERS, MOST_BYTES] = [16, 1e9]

function bytes(what: string, text: Bytes): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(MB|GB)$/.exec(text) ?? []
  const size = Number(number) * (unit === 'GB' ? 1e9 : 1e6)
  if (size >= 1e6 && size <= MOST_BYTES) return size
  throw new ScenarioError(`stress was given ${what} '${text}'; write 1MB to 1GB, as in '256MB'`)
}

type Load = {
  readonly words: readonly string[]
  readonly options: string
  readonly memory: number
  readonly disk: number
}

/** What is asked for, in words and as options of stress(1). Throws ScenarioError for nothing, and for what is too much. */
function loadOf({ cpu = 0, memory, disk }: Stress): Load {
  if (!Number.isInteger(cpu) || cpu < 0 || cpu > MOST_WORKERS)
    throw new ScenarioError(`stress was given cpu ${cpu}; write how many processes compute, 1 to ${MOST_WORKERS}`)
  const [taken, written] = [memory ? bytes('memory', memory) : 0, disk ? bytes('disk', disk) : 0]
  const words = [
    ...(cpu > 0 ? [`${cpu} busy process${cpu > 1 ? 'es' : ''}`] : []),
    ...(memory ? [`${memory} of memory`] : []),
    ...(disk ? [`${disk} of disk`] : []),
  ]
  if (words.length === 0)
    throw new ScenarioError('stress was given neither cpu, memory nor disk; write one of them, as in cpu: 2')
  const options = [
    ...(cpu > 0 ? [`--cpu ${cpu}`] : []),
    ...(taken ? [`--vm 1 --vm-keep --vm-bytes ${taken}`] : []),
    ...(written ? [`--hdd 1 --hdd-bytes ${written}`] : []),
  ].join(' ')
  return { words, options, memory: taken, disk: written }
}

/** CPU time in ticks of 10 ms, resident kB and bytes given to write(2), summed over the processes of this name. */
const use = (name: string) => `for gameday_pid in $(pgrep -f ${name}); do
printf '%s %s %s\\n' "$(cut -d ' ' -f 14,15 /proc/$gameday_pid/stat 2>/dev/null | tr ' ' +)" \
"$(sed -n 's/^VmRSS:[[:space:]]*\\([0-9]*\\).*/\\1/p' /proc/$gameday_pid/status 2>/dev/null)" \
"$(sed -n 's/^wchar: //p' /proc/$gameday_pid/io 2>/dev/null)"; done`

/** What the node's processes have used up themselves, as its kernel counts: a tenth of a second, all the memory, and a first MB. */
const used = (node: string, name: string, { memory, disk }: Load, cpu: boolean): Condition<Lab> => ({
  name: `the load on ${node} to be seen in its processes`,
  look: async (lab) => {
    const lines = (await lab.try(node, use(name))).out.trim().split('\n').filter(Boolean)
    const rows = lines.map((line) => line.split(' '))
    const sum = (i: number) => rows.reduce((total, row) => total + Number(row[i] || 0), 0)
    const ticks = rows.reduce((total, [spent = '']) => total + spent.split('+').reduce((a, b) => a + Number(b), 0), 0)
    const [residentB, writtenB] = [sum(1) * 1024, sum(2)]
    const holds = (!cpu || ticks >= 10) && residentB >= 0.9 * memory && writtenB >= Math.min(disk, 1e6)
    const saw = `${rows.length} processes: ${ticks / 100} s of CPU, ${Math.round(residentB / 1e6)} MB resident, ${Math.round(writtenB / 1e6)} MB written`
    return { holds, saw }
  },
})

const gone = (node: string, name: string): Condition<Lab> => ({
  name: `the load on ${node} to be gone`,
  look: async (lab) => {
    const { out } = await lab.try(node, `pgrep -f ${name} | wc -l`)
    return { holds: out.trim() === '0', saw: `${out.trim()} processes of it` }
  },
})

/** Throws LabError where the machine has not twice as much: others than the node would be struck. */
async function assertRoom(lab: Lab, node: string, wanted: number): Promise<void> {
  const { out } = await lab.run(node, "sed -n 's/^MemAvailable:[[:space:]]*\\([0-9]*\\).*/\\1/p' /proc/meminfo")
  const available = Number(out) * 1024
  if (2 * wanted <= available) return
  throw new LabError(
    `stress wants ${wanted / 1e6} MB of memory; the machine has ${Math.round(available / 1e6)} MB left`,
  )
}

/**
 * Load on a node, by stress(1) in its own container: busy processes that share its part of the processors, memory
 * that is taken, a file that is written. By stress and not by stress-ng, which would bring a graphics stack of
 * several hundred MB into the image.
 */
export const stress = (node: string, load: Stress): Fault => ({
  name: `load on ${node}: ${loadOf(load).words.join(', ')}`,
  targets: [node],
  check: ({ topology }) => void nodeNamed(topology, node),
  apply: async (lab) => {
    const asked = loadOf(load)
    if (asked.memory > 0) await assertRoom(lab, node, asked.memory)
    const name = `load-${Math.round(lab.history.now())}`
    const end = `pkill -KILL -f ${name}; true`
    await lab.armory?.arm(node, end)
    const { bracket } = await lab.run(
      node,
      `( cd /tmp && exec -a ${name} stress ${asked.options} ) >/dev/null 2>&1 </dev/null &`,
    )
    return {
      bracket,
      effective: used(node, name, asked, (load.cpu ?? 0) > 0),
      heal: async () => (await lab.run(node, end)).bracket,
      restored: all([gone(node, name), serves(node)]),
    }
  },
})
