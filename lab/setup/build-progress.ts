// One shape for what the two builders of Docker print as they go.

/** A build step that begins: 'of' is unknown to BuildKit until it runs. */
export type BuildStep = { readonly nr: string; readonly text: string }

const legacy = /^Step (\d+\/\d+) : (.+)$/
const buildkit = /^#\d+ \[(?:\S+ +)?(\d+\/\d+)\] ([A-Z]+ .+)$/

/** The step that a line announces: 'Step 3/9 : RUN …' or '#7 [build 3/4] RUN …'. */
export function announced(line: string): BuildStep | undefined {
  const [, nr, text] = legacy.exec(line) ?? buildkit.exec(line) ?? []
  return nr === undefined || text === undefined ? undefined : { nr, text: text.replace(/\s+/g, ' ') }
}
