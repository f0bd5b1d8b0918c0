// Once per run, in the runner's process: killing npm, or whatever started the runner, ends the runner
// too. Its workers end with it, and the labs with them.

/** How long a run may outlive the process that started it. */
const orphanCheckMs = 500

export function setup(): void {
  const parent = process.ppid
  setInterval(() => process.ppid === parent || process.exit(1), orphanCheckMs).unref()
}
