// What the software itself waits for, beside the timers that a topology sets.

/** bgpd gathers what changed for so long before it chooses anew (bgp_route.c, bgp_process_queue_init). */
export const BGPD_QUEUE_NS = 50e6
/** zebra waits for more of the same before it writes to the kernel (zebra_rib.c, rib_queue_init). */
export const ZEBRA_QUEUE_NS = 10e6
