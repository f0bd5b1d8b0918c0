// Whether a frame of some kind passes a device, as its node sees it.

import { quote } from '../../lab/quote.ts'
import type { Lab } from '../../lab/types.ts'

/** Looks for up to so long, in seconds: longer than tcpdump(8) takes to start on a busy host. */
const PATIENCE_S = 0.7

/** `filter`: pcap-filter(7), 'src net 10.0.0.0/16'. */
export async function frameSeen(lab: Lab, node: string, device: string, filter: string): Promise<boolean> {
  // Without immediate mode a frame is told a second after it passed.
  const command = `timeout ${PATIENCE_S} tcpdump --immediate-mode -p -nn -c 1 -i ${device} ${quote(filter)} 2>/dev/null`
  return (await lab.try(node, command)).exit === 0
}
