// Every workload to every workload and to the internet, over TCP, UDP and ICMP, against the policy
// table of the topology: what is allowed is answered, what is denied is silent, or rejected where the
// table says so.
//
//                 to  web   app   db    test  internet
//     from web        yes   yes   -     yes   yes         '-' is what `deny` of the tier says:
//     from app        yes   -     yes   yes   yes         db rejects, the others are silent.
//     from db         yes   -     -     yes   yes         From another VPC everything is '-'.
//     from test       yes   -     -     -     yes

import { test } from 'vitest'
import { matrix, verify } from '../checks/index.ts'
import { twoVpcs } from '../fixtures/two-vpcs.ts'
import { expectations, startLab } from '../lab/index.ts'
import { attempt } from '../traffic/index.ts'

test('every pair of workloads reaches each other where the policy allows it, and nowhere else', async (run) => {
  await using lab = await startLab(twoVpcs, run)
  const expected = expectations(twoVpcs)

  await attempt(lab, expected)

  verify(lab.history, [matrix(expected)])
})
