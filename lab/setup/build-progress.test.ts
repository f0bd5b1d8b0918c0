import { expect, test } from 'vitest'
import { announced } from './build-progress.ts'

test.each([
  [
    'Step 3/9 : RUN apt-get update &&     apt-get install -y clang',
    { nr: '3/9', text: 'RUN apt-get update && apt-get install -y clang' },
  ],
  ['#7 [build 3/4] RUN apt-get update', { nr: '3/4', text: 'RUN apt-get update' }],
  ['#11 [stage-1 2/3] RUN printf x', { nr: '2/3', text: 'RUN printf x' }],
  [
    '#5 [1/2] FROM docker.io/library/debian:trixie-slim',
    { nr: '1/2', text: 'FROM docker.io/library/debian:trixie-slim' },
  ],
])('%s announces a step of either builder', (line, step) => {
  expect(announced(line)).toEqual(step)
})

test.each([
  ' ---> Using cache',
  '#7 12.34 Get:1 packages [9 kB]',
  '#7 DONE 21.3s',
  '#1 [internal] load build definition from Dockerfile',
  'Setting up clang (1:19.0-63) ...',
])('%s announces none', (line) => {
  expect(announced(line)).toBeUndefined()
})
