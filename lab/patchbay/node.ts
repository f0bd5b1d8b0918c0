/** The container that all links run through. Its name is no node's: topologies cannot take it. */
export const PATCHBAY = 'patchbay'

/**
 * NET_ADMIN and NET_RAW for links, programs and captures; SYS_ADMIN for bpf(2), setns(2) and the
 * bpffs mount (engines before 23 do not know CAP_BPF); SYS_PTRACE to open the namespaces of nodes
 * that have capabilities of their own; KILL to strike nodes dead.
 */
export const PATCHBAY_CAPABILITIES = [
  'NET_ADMIN',
  'NET_RAW',
  'SYS_ADMIN',
  'SYS_PTRACE',
  'KILL',
  'DAC_OVERRIDE',
] as const
