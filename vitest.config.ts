// Two projects: `unit` needs nothing but Node and takes seconds; `scenarios` needs a Docker engine and
// runs one file at a time, because labs that share two cores would measure each other.

import { defineConfig } from 'vitest/config'
import { allureReporter } from './reports/allure/reporter.ts'

const needLab = ['scenarios/**/*.test.ts', '**/*.lab.test.ts']
const never = ['**/node_modules/**', 'reports/out/**']

// Workers print what the lab does through a pipe, and cannot see the terminal behind it.
const colour = process.stderr.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: '1' } : {}

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
    ],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...needLab, ...never],
          // First and alone: nothing else may run beside a measurement.
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'scenarios',
          include: needLab,
          exclude: never,
          globalSetup: ['./lab/setup/orphan.ts', './lab/setup/global.ts'],
          setupFiles: ['./reports/setup.ts'],
          env: colour,
          pool: 'forks',
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
