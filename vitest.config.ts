// Four projects: `unit` needs nothing but Node and takes seconds; the others need a Docker engine. `labs` and
// `scenarios` run one file at a time, because labs that share two cores would measure each other; `handling`
// measures nothing and mostly waits for daemons, so three of its files run at once. Tests of what dead runs leave are
// not among them: each start of a lab sweeps that away. Red tests that leave a lab as it was share it with scenarios.

import { defineConfig } from 'vitest/config'
import { atNight } from './lab/nightly.ts'
import { allureReporter } from './reports/allure/reporter.ts'
import { retry } from './reports/attempts/attempts.ts'
import { failuresReporter } from './reports/attempts/failures.ts'
import { attemptsReporter } from './reports/attempts/reporter.ts'
import { timeReporter } from './reports/time/reporter.ts'
import { TopologyOrder } from './vitest.order.ts'

const scenarios = [
  'scenarios/*.test.ts',
  'scenarios/red/{damage,finer-than-floor,generators,half-the-delay,impair,lost-sessions,no-split,noticed,service-restart}.lab.test.ts',
  'traffic/probe-stream.lab.test.ts',
]
const onLabs = ['**/*.lab.test.ts']
const handling = [
  'lab/keep.lab.test.ts',
  'lab/{cli,exporter,monitor,patchbay,watch}/*.lab.test.ts',
  'grafana/*.lab.test.ts',
  'chaos/{by-hand/by-hand,burdens,nodes,processes,raft}.lab.test.ts',
  'scenarios/red/{open-acl,overlap,partition,residue}.lab.test.ts',
]
/** Red tests that a run of every test leaves to the nightly one. */
const byNight = [
  'scenarios/red/{frozen-ospfd,late-election,leak,no-graceful-restart,shared-zebra,slow-health-check,unsteady}.lab.test.ts',
]
const never = ['**/node_modules/**', 'reports/out/**', ...(atNight ? [] : byNight)]

// Workers print what the lab does through a pipe, and cannot see the terminal behind it.
const colour = process.stderr.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: '1' } : {}

const needsEngine = {
  exclude: never,
  globalSetup: ['./lab/setup/orphan.ts', './lab/setup/global.ts'],
  setupFiles: ['./reports/setup.ts'],
  env: colour,
  pool: 'forks' as const,
  maxWorkers: 1,
  fileParallelism: false,
  testTimeout: 180_000,
  hookTimeout: 60_000,
  retry,
}

export default defineConfig({
  test: {
    // The same on a desk and in CI, where vitest would otherwise decide by the variable CI.
    allowOnly: false,
    retry: 0,
    teardownTimeout: 20_000,
    reporters: [
      'verbose',
      ['junit', { outputFile: 'reports/out/junit.xml' }],
      ['json', { outputFile: 'reports/out/results.json' }],
      allureReporter(),
      attemptsReporter(),
      timeReporter(),
      failuresReporter(),
    ],
    sequence: { sequencer: TopologyOrder },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...scenarios, ...onLabs, ...never],
          // First and alone: nothing else may run beside a measurement. A process for each of its files would cost
          // more than the tests.
          sequence: { groupOrder: 0 },
          isolate: false,
          maxWorkers: 2,
          // Some start a process of Node's own, which a busy machine lets wait: a limit is no claim about time.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...needsEngine,
          name: 'handling',
          include: handling,
          maxWorkers: 3,
          fileParallelism: true,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...needsEngine,
          name: 'labs',
          include: onLabs,
          exclude: [...handling, ...scenarios, ...never],
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...needsEngine,
          name: 'scenarios',
          include: scenarios,
          // One process for all of them: a lab lives and dies with the process that made it, and may serve
          // one scenario after another.
          isolate: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
