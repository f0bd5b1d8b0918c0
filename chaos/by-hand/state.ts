// Faults on what nodes and databases remember, by name.

import {
  aclLost,
  chassisForgotten,
  conntrackFlushed,
  gatewayMoved,
  type LostAcl,
  macPoisoned,
  portAddressWrong,
  snatExhausted,
  snatLost,
  snatWrong,
} from '../state/index.ts'
import type { Entry } from './entry.ts'

export const onState: Readonly<Record<string, Entry>> = {
  'conntrack-flushed': {
    wants: ['<gateway>'],
    about: 'a NAT gateway forgets every connection, at once',
    make: ([a = '']) => conntrackFlushed(a),
  },
  'snat-exhausted': {
    wants: ['<gateway>'],
    about: 'new connections find no port at a NAT gateway',
    make: ([a = '']) => snatExhausted(a),
  },
  'snat-lost': {
    wants: ['<gateway>'],
    about: 'packets leave a NAT gateway with inside addresses',
    make: ([a = '']) => snatLost(a),
  },
  'snat-wrong': {
    wants: ['<gateway>', '<address>'],
    about: 'new connections leave it under this address',
    make: ([a = '', b = '']) => snatWrong(a, { address: b }),
  },
  'mac-poisoned': {
    wants: ['<gateway>', '<address>'],
    about: 'it has a wrong MAC for a neighbour',
    make: ([a = '', b = '']) => macPoisoned({ at: a, of: b }),
  },
  'acl-lost': {
    wants: ['<vpc>', '<tier>', '<allow|deny>'],
    about: 'a tier loses what admits, or what refuses',
    make: ([vpc = '', tier, rule]) => aclLost({ vpc, tier: tier as LostAcl['tier'], rule: rule as LostAcl['rule'] }),
  },
  'port-address-wrong': {
    wants: ['<workload>', '<mac>'],
    about: 'OVN takes its port for another MAC',
    make: ([a = '', mac = '']) => portAddressWrong(a, { mac }),
  },
  'gateway-moved': {
    wants: ['<vpc>', '<chassis>'],
    about: 'its gateway port goes there, by priority',
    make: ([vpc = '', to = '']) => gatewayMoved({ vpc, to }),
  },
  'chassis-forgotten': {
    wants: ['<chassis>'],
    about: 'the SB loses its record, until it registers again',
    make: ([a = '']) => chassisForgotten(a),
  },
}
