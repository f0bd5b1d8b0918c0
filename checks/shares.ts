// How connections spread over paths of equal cost: by the address under which the far end saw each of them.

import { binomialRange } from '../lab/loss/binomial.ts'
import type { When } from '../lab/loss/stretch.ts'
import type { Named } from '../lab/loss/window.ts'
import { stories } from '../lab/traffic/sessions.ts'
import { claimOf } from './traffic.ts'
import type { Check, Part } from './verdict.ts'

export type Shares = Required<Pick<When, 'during'>> & {
  /** Long-lived sessions, each from a port of its own. */
  readonly of: Named
  /** The public addresses of the paths, each as likely as the others. */
  readonly over: readonly string[]
}

/** One of so many fair spreads is refused nonetheless. */
const OUTSIDE = 0.001

/** Whether chance alone puts these sessions on these addresses, each as likely as the others; sources are 'address:port'. */
export function spread(sources: readonly string[], over: readonly string[]): Part {
  const addresses = sources.map((source) => source.split(':')[0])
  const counts = over.map((address) => addresses.filter((each) => each === address).length)
  const elsewhere = addresses.length - counts.reduce((sum, count) => sum + count, 0)
  const { least, most } = binomialRange(addresses.length, 1 / over.length, OUTSIDE)
  const said = over.map((address, i) => `${address} ${counts[i]}`).join(', ')
  const text = `${said} of ${addresses.length}${elsewhere > 0 ? `, ${elsewhere} elsewhere` : ''}`
  if (least === 0) return { is: 'undecided', text: `${text}; of so few any spread may be chance` }
  const fair = elsewhere === 0 && counts.every((count) => count >= least && count <= most)
  return { is: fair ? 'upheld' : 'broken', text: `${text}; chance allows ${least} to ${most} for each` }
}

/**
 * The sessions that were held when a fault took hold had been spread evenly, within what chance allows where each is put on a
 * path by a hash of its five-tuple (RFC 2992): outside it lies one of a thousand fair spreads.
 */
export const shares = ({ of, over, during }: Shares): Check =>
  claimOf({
    subject: 'spread',
    limit: `even over ${over.join(' and ')}`,
    of,
    when: { during },
    about: ['sessions'],
    judge: ({ history, flow, window }) => {
      const held = stories(history, flow.flow, window).map(({ before }) => before)
      return held.length === 0 ? { is: 'undecided', text: 'no session was held' } : spread(held, over)
    },
  })
