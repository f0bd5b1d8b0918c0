// The highest rate that something still holds: doubled until it does not, then halved in between.

/** Tries rates from `from` up to `most`; resolves to the highest that held, 0 for none. Steps get no finer than a tenth. */
export async function highest(from: number, most: number, holds: (rate: number) => Promise<boolean>): Promise<number> {
  let good = 0
  let bad = Number.POSITIVE_INFINITY
  for (let rate = from; rate <= most && bad === Number.POSITIVE_INFINITY; rate *= 2) {
    if (await holds(rate)) good = rate
    else bad = rate
  }
  if (good === 0 || bad === Number.POSITIVE_INFINITY) return good
  while (bad - good > good / 10) {
    const rate = Math.round((good + bad) / 2)
    if (await holds(rate)) good = rate
    else bad = rate
  }
  return good
}
