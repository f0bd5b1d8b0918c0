export type { Applied, Fault } from './fault.ts'
export { type Injected, inject } from './inject.ts'
export { kill } from './kill.ts'
export { FABRIC, isolate, linkDown } from './links.ts'
