// Who is at fault decides the class. A message is one line: what was wanted, the limit, what was
// seen; evidence goes below a blank line.

class GamedayError extends Error {
  constructor(message: string, options?: { cause?: unknown; evidence?: string }) {
    super(options?.evidence ? `${message}\n\n${options.evidence}` : message, { cause: options?.cause })
    this.name = new.target.name
  }
}

/** The scenario's author asked for something that cannot be; thrown before the lab is touched. */
export class ScenarioError extends GamedayError {}

/** The machine, the engine or the instrument fell short: the run proves nothing (`invalid`). */
export class LabError extends GamedayError {}

/** The network broke a claim: the only red that means something about it. */
export class Finding extends GamedayError {}

/** An operator or an abort condition ended the run: everything is healed, and nothing is judged. */
export class Aborted extends GamedayError {}

/** The first line of whatever was thrown, for use inside another message. */
export const reason = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).split('\n', 1)[0] ?? ''
