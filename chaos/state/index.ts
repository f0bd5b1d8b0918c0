// What nodes and databases remember, lost or wrong.

export { chassisForgotten, chassisLeftBehind, type LeftBehind } from './chassis-record.ts'
export { type Connection, connectionForgotten, conntrackFlushed, datapathConntrackFlushed } from './conntrack.ts'
export {
  aclLost,
  backendLost,
  gatewayMoved,
  type LostAcl,
  type LostRoute,
  portAddressWrong,
  routeLost,
  type WrongAddress,
} from './nb-faults.ts'
export { type NbRow, nbRow } from './nb-row.ts'
export { macLost, macPoisoned, type Neighbour } from './neighbour.ts'
export { snatExhausted, snatLost, snatWrong } from './snat.ts'
