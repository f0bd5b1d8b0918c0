// `npm run plan`: every scenario's own code, on labs of which nothing is there.

import { defineConfig } from 'vitest/config'
import { planReporter } from './reports/plan/reporter.ts'

export default defineConfig({
  test: {
    name: 'plan',
    include: ['scenarios/*.test.ts'],
    setupFiles: ['./reports/plan/setup.ts'],
    // Whatever goes wrong, no engine is found.
    env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' },
    // Nothing is waited for, so that all scenarios fit one thread.
    pool: 'threads',
    maxWorkers: 1,
    isolate: false,
    allowOnly: false,
    retry: 0,
    reporters: [planReporter()],
  },
})
