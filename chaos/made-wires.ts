// A lab whose wires take any rule, for the laws of faults on links.

import { NOTHING, type Rule, type Tally } from '../lab/patchbay/rule.ts'
import type { Course, Shares, Standing } from '../lab/patchbay/rules.ts'
import { madeLab } from './made-lab.ts'

/** Each rule that is asked for is in force at once, and counts what it is told. */
export function madeWires(counts: Partial<Tally> = {}) {
  const made = madeLab()
  const asked: { name: string; headings: string[]; rule: Rule }[] = []
  const standing = new Set<string>()
  const instant = () => ({ fromNs: made.history.now(), toNs: made.history.now() })
  const rules = {
    impose: async (name: string, courses: readonly Course[]) => {
      const [rule = { loss: 0, duplicate: 0 }] = courses.map((course) => course.rule)
      asked.push({ name, rule, headings: courses.map(({ heading }) => `${heading.heading} ${heading.end.node}`) })
      standing.add(name)
      const tally = { ...NOTHING, passed: 90, ...counts }
      return {
        name,
        bracket: instant(),
        tally: async () => [tally],
        lift: async () => {
          standing.delete(name)
          return instant()
        },
        stands: async () => standing.has(name),
      } satisfies Standing
    },
    change: async (name: string, rule: Shares) => {
      asked.push({ name, rule, headings: [] })
      return instant()
    },
  }
  Object.assign(made.lab, { wires: { rules } })
  return { ...made, asked, standing }
}
