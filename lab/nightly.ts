// What a run of every test leaves to the nightly one, so that it fits between two changes: variants of a claim that
// another variant makes as well. Named by its file, a scenario runs with all of them.

/** Whether everything runs: all but `npm test` without the name of a file or of a test. */
export const atNight = process.env.GAMEDAY_NIGHTLY !== '0'

/** These variants, where everything runs. */
export const nightly = <V>(...variants: readonly V[]): readonly V[] => (atNight ? variants : [])
