// What a scrape reads from, each with a deadline of its own: one that does not answer costs the scrape
// that deadline once, and the next ones nothing, until it has answered what it was asked.

export type Reading<T> = {
  /** What it said; none when it refused or was too late. */
  readonly value?: T
  /** Why there is none. */
  readonly failed?: string
  readonly tookMs: number
}

export type Source<T> = {
  readonly name: string
  readonly read: () => Promise<Reading<T>>
  /** Questions asked so far, and those of them without an answer in time. */
  readonly asked: () => number
  readonly failed: () => number
}

const why = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** `ask` gets a signal that never comes before the deadline: for connections, which then give up. */
export function source<T>(name: string, deadlineMs: number, ask: (signal: AbortSignal) => Promise<T>): Source<T> {
  let pending: Promise<Reading<T>> | undefined
  let asked = 0
  let failed = 0
  // Whoever takes ten times as long answers nobody any more, and is asked anew.
  const put = async (): Promise<Reading<T>> => {
    const from = performance.now()
    const took = () => performance.now() - from
    const patience = new AbortController()
    const end = setTimeout(() => patience.abort(), 10 * deadlineMs)
    try {
      return { value: await ask(patience.signal), tookMs: took() }
    } catch (error) {
      return { failed: why(error), tookMs: took() }
    } finally {
      clearTimeout(end)
    }
  }
  const read = (): Promise<Reading<T>> => {
    asked++
    if (pending) return Promise.resolve({ failed: 'it has not answered yet what it was asked before', tookMs: 0 })
    const now = put()
    pending = now
    return new Promise((resolve) => {
      const late = { failed: `no answer in ${deadlineMs}ms`, tookMs: deadlineMs }
      const deadline = setTimeout(() => resolve(late), deadlineMs)
      void now.then((reading) => {
        pending = undefined
        clearTimeout(deadline)
        resolve(reading)
      })
    })
  }
  return {
    name,
    read: async () => {
      const reading = await read()
      if (reading.value === undefined) failed++
      return reading
    },
    asked: () => asked,
    failed: () => failed,
  }
}
