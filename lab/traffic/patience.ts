/** From here on the wait for an answer is told: twice what a busy userspace switch may hold a packet back. */
export const SILENT_NS = 100e6
