// House rules that a linter cannot know. Each is a pure function of one file and is seen red on a sample
// of its own; a mark · in a sample keeps this file from breaking the rule it shows.

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

type File = { readonly path: string; readonly text: string }

type Rule = {
  readonly name: string
  readonly applies: (path: string) => boolean
  /** What breaks the rule, in a few words each. */
  readonly breaches: (file: File) => readonly string[]
  readonly sample: File
}

const isScript = (path: string) => /\.(ts|mts|mjs)$/.test(path)
const isTest = (path: string) => path.endsWith('.test.ts')
const isScenario = (path: string) => path.startsWith('scenarios/') && isTest(path)
/** Processes of their own, that run inside nodes: each starts once, and its state ends with it. */
const isProgram = (path: string) => path.startsWith('lab/programs/')
/** What an operator types is proved by typing it. */
const provesCommands = (path: string) => /^chaos\/by-hand\/.*\.lab\.test\.ts$/.test(path)
const isLab = (path: string) => path.startsWith('lab/') && path.endsWith('.ts') && !isTest(path)

const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([match]) => match.trim())

/** The code without its comments: prose may name what code may not do. */
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

/** What a file imports: paths from the root for its own files, else the module's name. */
const imports = ({ path, text }: File) =>
  [...code(text).matchAll(/\b(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name = '']) =>
    name.startsWith('.') ? normalize(join(path, '..', name)) : name,
  )

const middle = ['fixtures', 'chaos', 'traffic', 'checks', 'reports']
const folders = ['scenarios', ...middle, 'lab', 'bench', 'grafana']
const below: Readonly<Record<string, readonly string[]>> = {
  scenarios: [...middle, 'lab'],
  bench: [...middle, 'lab'],
  grafana: ['lab'],
  lab: [],
  ...Object.fromEntries(middle.map((folder) => [folder, ['lab']])),
}
const top = (path: string) => path.split('/')[0] ?? ''

/** `lab:up two-vpcs` needs a topology by name, and tests one to try things on. */
const mayImportFixtures = (path: string) => path.startsWith('lab/cli/') || isTest(path)

/** Waiting for facts, and the deadlines of a command and of a scrape; nowhere else does time pass on purpose. */
const mayWait = ['lab/until.ts', 'lab/engine/console.ts', 'lab/exporter/source.ts']

const runsPrograms = /^(node:)?child_process$|^execa$|^zx$/

const rules: readonly Rule[] = [
  {
    name: 'no file is longer than 250 lines',
    applies: isScript,
    breaches: ({ text }) => (text.split('\n').length > 251 ? [`${text.split('\n').length - 1} lines`] : []),
    sample: { path: 'lab/long.ts', text: 'x\n'.repeat(251) },
  },
  {
    name: 'imports point down only, and siblings never import each other',
    applies: (path) => isScript(path) && folders.includes(top(path)),
    breaches: (file) =>
      imports(file)
        .filter((to) => folders.includes(top(to)) && top(to) !== top(file.path))
        .filter((to) => !below[top(file.path)]?.includes(top(to)))
        .filter((to) => !(top(to) === 'fixtures' && mayImportFixtures(file.path))),
    sample: { path: 'chaos/kill.ts', text: "import { verify } from '../checks/index.ts'" },
  },
  {
    name: 'lab knows nothing of vitest',
    applies: isLab,
    breaches: (file) => imports(file).filter((name) => /^@?vitest\b/.test(name)),
    sample: { path: 'lab/run.ts', text: "import { onTestFinished } from 'vitest'" },
  },
  {
    name: 'only lab and bench run programs',
    applies: (path) =>
      isScript(path) && !/^(lab|bench)\//.test(path) && path !== 'tidy.test.ts' && !provesCommands(path),
    breaches: (file) => imports(file).filter((name) => runsPrograms.test(name)),
    sample: { path: 'scenarios/x.test.ts', text: "import { $ } from 'zx'" },
  },
  {
    name: 'waiting is for facts, never for time',
    applies: (path) => isScript(path) && !mayWait.includes(path),
    breaches: ({ text }) => found(code(text), /\bsleep\(|\bsetTimeout\b/g),
    sample: { path: 'lab/ready.ts', text: 'await sl·eep(10)' },
  },
  {
    name: 'no test is left out',
    applies: isTest,
    breaches: ({ text }) => found(code(text), /\b(it|test|describe)\.(only|skip|skipIf|todo|fails)\b/g),
    sample: { path: 'lab/time.test.ts', text: "test.sk·ip('x', () => {})" },
  },
  {
    name: 'no module of lab keeps state',
    applies: (path) => isLab(path) && !isProgram(path),
    breaches: ({ text }) => found(text, /^(export )?(let|var) .*$/gm),
    sample: { path: 'lab/engine/client.ts', text: 'let client: Engine | undefined' },
  },
  {
    name: 'nothing is exported by default',
    applies: (path) => isScript(path) && !path.endsWith('.config.ts'),
    breaches: ({ text }) => found(code(text), /^export default\b.*$/gm),
    sample: { path: 'chaos/kill.ts', text: 'export default kill' },
  },
  {
    name: 'a scenario begins with its claim, and its tests are sentences',
    applies: isScenario,
    breaches: ({ text }) => {
      const names = [...text.matchAll(/\(\s*(['"`])((?:(?!\1).)+)\1,\s*(?:\{[^}]*\},\s*)?async\b/g)].map(
        ([, , name = '']) => name,
      )
      const bad = names.filter((name) => name.endsWith('.') || name.split(' ').length < 5)
      const header = /^\/\/ .+\n\/\//.test(text) ? [] : ['no comment at the top']
      return [...header, ...(names.length === 0 ? ['no test'] : []), ...bad]
    },
    sample: { path: 'scenarios/x.test.ts', text: "// Claim.\n//\ntest('failover works', async (run) => {})" },
  },
  {
    name: 'files are kebab-case nouns',
    applies: () => true,
    breaches: ({ path }) =>
      path.split('/').filter((part) => !/^[.a-z0-9][a-z0-9.-]*$|^[A-Z]+(\.md)?$|^Dockerfile$/.test(part)),
    sample: { path: 'lab/natGateway.ts', text: '' },
  },
  {
    name: 'no file names a path of one machine or the host of a registry',
    applies: () => true,
    breaches: ({ text }) =>
      found(text, /(?<![\w.~}-])\/(work|home|root)\/\S*|:\/\/(registry|deb|security|snapshot|archive)\.\S*/g),
    sample: { path: 'README.md', text: 'clone it to /ho·me/mina/gameday' },
  },
]

const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: import.meta.dirname, encoding: 'utf8' }).split('\0')
const files: readonly File[] = tracked
  .filter((path) => path !== '' && existsSync(join(import.meta.dirname, path)))
  .filter((path) => !/\.(png|svg|gz|pcap)$/.test(basename(path)))
  .map((path) => ({ path, text: readFileSync(join(import.meta.dirname, path), 'utf8') }))

const judge = (rule: Rule, among: readonly File[]) =>
  among
    .filter(({ path }) => rule.applies(path))
    .flatMap((file) => rule.breaches(file).map((breach) => `${file.path}: ${breach}`))

const named = rules.map((rule) => [rule.name, rule] as const)

test.each(named)('%s', (_, rule) => {
  expect(judge(rule, files)).toEqual([])
})

test.each(named)('a breach is seen: %s', (_, rule) => {
  const sample = { ...rule.sample, text: rule.sample.text.replaceAll('·', '') }
  expect(judge(rule, [sample])).toHaveLength(1)
})

test('what lab:up and tests may import, the rest of lab may not', () => {
  const text = "import { twoVpcs } from '../../fixtures/two-vpcs.ts'"
  const files = ['lab/cli/up.ts', 'lab/ready/paths.test.ts', 'lab/ready/paths.ts'].map((path) => ({ path, text }))
  const refused = rules.filter(({ name }) => name.startsWith('imports')).flatMap((rule) => judge(rule, files))
  expect(refused).toEqual(['lab/ready/paths.ts: fixtures/two-vpcs.ts'])
})
