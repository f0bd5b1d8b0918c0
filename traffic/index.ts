export { type Attempt, attempt } from './attempt.ts'
export { type ProbeOptions, probe } from './probe.ts'
export { type Flow, send, type Traffic } from './traffic.ts'
