// Faults on nodes and what they live by, by name.

import { clockSkew, type Skew } from '../clock.ts'
import { diskFull } from '../disk.ts'
import { pause } from '../pause.ts'
import { stress } from '../stress.ts'
import type { Entry } from './entry.ts'

export const onNodes: Readonly<Record<string, Entry>> = {
  pause: { wants: ['<node>'], about: 'every process of it stops, its kernel goes on', make: ([a = '']) => pause(a) },
  load: {
    wants: ['<node>', '<processes>'],
    about: 'so many processes of it do nothing but compute',
    make: ([a = '', cpu = '']) => stress(a, { cpu: Number(cpu) }),
  },
  'disk-full': {
    wants: ['<node>', '<nb, sb or vswitch>'],
    about: 'no room under the database',
    make: ([a = '', b = '']) => diskFull(a, b),
  },
  'clock-skew': {
    wants: ['<node>', '<daemon>', '<+1min>'],
    about: 'one daemon, started anew, has a wrong wall clock',
    make: ([a = '', b = '', by = '']) => clockSkew(a, b, by as Skew),
  },
}
