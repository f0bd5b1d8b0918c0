import { ScenarioError } from '../lab/errors.ts'
import { planNodes } from '../lab/nodes/index.ts'
import { alternatives } from '../lab/topology/alternatives.ts'
import { nodeNamed } from '../lab/topology/nodes.ts'
import type { Topology } from '../lab/topology/types.ts'
import type { Lab } from '../lab/types.ts'
import type { Condition } from '../lab/until.ts'
import { all } from './compose/together.ts'
import type { Fault } from './fault.ts'
import { daemonsServe } from './processes.ts'

/** The folder of a database, a file system of its own. Throws ScenarioError for one that is not there. */
function folderOf(topology: Topology, node: string, database: string): string {
  const { role } = nodeNamed(topology, node)
  const disks = planNodes(topology).get(node)?.disks
  if (!disks) throw new ScenarioError(`${node} is a ${role} and has no databases; central nodes and chassis have`)
  const disk = Object.hasOwn(disks, database) ? disks[database] : undefined
  if (disk) return disk.folder
  throw new ScenarioError(`no database '${database}' on ${node}; it has ${alternatives(database, Object.keys(disks))}`)
}

/** Whether there is room for a page more. */
const room = (node: string, folder: string, wanted: boolean): Condition<Lab> => ({
  name: `${folder} of ${node} to ${wanted ? 'have room' : 'be full'}`,
  look: async (lab) => {
    const write = `head -c 4096 /dev/zero >${folder}/room; gameday_exit=$?; rm -f ${folder}/room; ( exit $gameday_exit )`
    const { exit, out } = await lab.try(node, write)
    return { holds: (exit === 0) === wanted, saw: exit === 0 ? 'a page was written' : out.trim() }
  },
})

/**
 * The disk under a database, 'nb', 'sb' or a chassis' 'vswitch', is full, in one call of the kernel: fallocate(2)
 * takes all that is left of the small file system in memory that the database has for itself. Nothing else in the
 * node fills up, and nothing outside it. What still fits into the last page of the database's file is written.
 */
export const diskFull = (node: string, database: string): Fault => ({
  name: `full disk under the ${database} database of ${node}`,
  targets: [node],
  check: ({ topology }) => void folderOf(topology, node, database),
  apply: async (lab) => {
    const folder = folderOf(lab.topology, node, database)
    const remove = `rm -f ${folder}/filler`
    await lab.armory?.arm(node, remove)
    // A database that grows between the two makes fallocate fail, and it leaves nothing.
    const take = `fallocate -l $(df --output=avail -B 1 ${folder} | tail -n 1) ${folder}/filler`
    const { bracket } = await lab.run(node, `${take} 2>/dev/null || ${take}`)
    return {
      bracket,
      effective: room(node, folder, false),
      heal: async () => (await lab.run(node, remove)).bracket,
      restored: all([room(node, folder, true), daemonsServe(node)]),
    }
  },
})
