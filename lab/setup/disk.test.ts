import { expect, test } from 'vitest'
import { diskComplaint, isDiskFull } from './disk.ts'

test('less than 3 GiB free is too little, and the line says how little and where', () => {
  expect(diskComplaint(1.25 * 2 ** 30, '/var/lib/docker')).toBe(
    'only 1.3 GiB free in /var/lib/docker; building the lab image needs 3 GiB',
  )
  expect(diskComplaint(3 * 2 ** 30, '/var/lib/docker')).toBeUndefined()
})

test('a build that ran out of disk is told from one that failed', () => {
  expect(isDiskFull('write /var/lib/dpkg/tmp.ci: No space left on device')).toBe(true)
  expect(isDiskFull('E: Unable to locate package ovn-centrl')).toBe(false)
})
