import { expect, test } from 'vitest'
import { pinnedIn } from './look.ts'

test('mounts that hold a network namespace are told from all others', () => {
  const mountinfo = [
    '22 1 254:0 / / rw,relatime - ext4 /dev/vda rw',
    '300 22 0:4 net:[4026532617] /run/docker/netns/1a2b rw shared:9 - nsfs nsfs rw',
    '301 22 0:4 mnt:[4026532618] /run/snapd/ns/x rw - nsfs nsfs rw',
  ].join('\n')
  expect([...pinnedIn(mountinfo)]).toEqual([['/run/docker/netns/1a2b', '4026532617']])
})
