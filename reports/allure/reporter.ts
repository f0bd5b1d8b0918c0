// Allure's reporter for vitest, kept to the scenarios: unit tests have nothing to show there.

import AllureVitestReporter from 'allure-vitest/reporter'
import type { Reporter, Vitest } from 'vitest/node'
import { RESULTS } from '../places.ts'
import { onLabs } from '../projects.ts'
import { judge } from './status.ts'

export function allureReporter(resultsDir = RESULTS): Reporter {
  const allure = new AllureVitestReporter({ resultsDir, listeners: [judge] })
  return {
    // It adds its setup file and its runner to every project that it is shown.
    onInit: (vitest) => {
      const projects = vitest.projects.filter(({ name }) => onLabs(name))
      allure.onInit({ projects } as unknown as Vitest)
    },
    onTestRunEnd: (modules) => allure.onTestRunEnd(modules.filter(({ project }) => onLabs(project.name))),
  }
}
