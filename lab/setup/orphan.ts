// Once per run, in the runner's process: killing npm, or whatever started the runner, ends the runner
// too. Its workers end with it, and the labs with them.

/** How long a run may outlive the process that started it. */
const orphanCheckMs = 500

/** What `npm test` noted of itself, RUNNER:STARTER; another run's note, inherited, says nothing of this one. */
export function starterOf(note: string | undefined, self: { readonly pid: number; readonly ppid: number }): number {
  const [runner, starter] = (note ?? '').split(':').map(Number)
  return runner === self.pid && starter ? starter : self.ppid
}

export function setup(): void {
  const parent = starterOf(process.env.GAMEDAY_STARTED_BY, process)
  const check = () => process.ppid === parent || process.exit(1)
  check() // it may have died while the runner started
  setInterval(check, orphanCheckMs).unref()
}
